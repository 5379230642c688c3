"""Work over processes: one ordered map, with limits of time and memory."""
