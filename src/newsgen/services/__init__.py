"""Programs that run beside a published paper."""
