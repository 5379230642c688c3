"""What parsers say of a text that they cannot read, as messages, so that they can be translated."""

from newsgen.core.messages import Message, say

_OF_YAML = (
    say("did not find expected '-' indicator"),
    say("did not find expected ',' or ']'"),
    say("did not find expected ',' or '}'"),
    say("did not find expected key"),
    say("did not find expected node content"),
    say("could not find expected ':'"),
    say("mapping values are not allowed in this context"),
    say("block sequence entries are not allowed in this context"),
    say("found character that cannot start any token"),
    say("found unexpected end of stream"),
    say("found unexpected document indicator"),
    say("found unknown escape character"),
)
_OF_JSON = (
    say("Expecting value"),
    say("Expecting ',' delimiter"),
    say("Expecting ':' delimiter"),
    say("Expecting property name enclosed in double quotes"),
    say("Extra data"),
    say("Unterminated string starting at"),
    say("Invalid control character at"),
    say("Invalid \\escape"),
    say("Invalid \\uXXXX escape"),
)
_OF_TOML = (
    say("Cannot overwrite a value"),
    say("Expected '=' after a key in a key/value pair"),
    say("Expected newline or end of document after a statement"),
    say("Invalid date or datetime"),
    say("Invalid initial character for a key part"),
    say("Invalid statement"),
    say("Invalid value"),
    say("Unclosed array"),
    say("Unclosed inline table"),
    say("Unescaped '\\' in a string"),
    say("Unterminated string"),
)
REASONS = {str(message): message for message in (*_OF_YAML, *_OF_JSON, *_OF_TOML)}
"""Messages by the words of libyaml, `json` and `tomllib`."""


def translate_reason(said: str) -> Message:
    """What a parser said as a message; unknown words as they are."""
    return REASONS.get(said, Message(said))
