import type { ErrorCode } from 'yaml';

/** What is wrong and what would be right, for each error of the YAML parser: the second half of a sentence. */
export const yamlErrors: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias (`*name`) takes no anchor or tag; write the alias alone',
  BAD_ALIAS:
    'this alias has no name that YAML allows; write `*name` with letters and digits, or quote a text that begins with `*`',
  BAD_COLLECTION_TYPE: 'this tag does not fit its value; leave the tag out',
  BAD_DIRECTIVE: 'this line begins with `%` but is no YAML directive; quote a text that begins with `%`',
  BAD_DQ_ESCAPE: 'this escape is unknown between double quotes; write `\\\\` for a backslash, or use single quotes',
  BAD_INDENT:
    'the indentation does not fit, or a bracket above is not closed; indent the keys of one map alike, with spaces',
  BAD_PROP_ORDER: 'an anchor or tag stands at the wrong place; write it right before its value',
  BAD_SCALAR_START: 'a text cannot begin with this character; put it in quotes',
  BLOCK_AS_IMPLICIT_KEY:
    'a key stands inside the value of another key; indent the keys of one map alike, or quote a text with `: ` in it',
  BLOCK_IN_FLOW: 'a list with dashes or an indented map cannot stand between brackets; separate the items with commas',
  DUPLICATE_KEY: 'this key stands twice; keep one',
  IMPOSSIBLE: 'this is not YAML; write `key: value` lines',
  KEY_OVER_1024_CHARS: 'this key is longer than 1024 characters; write a shorter one followed by `:`',
  MISSING_CHAR: 'a character is missing here: a closing quote or bracket, a comma between items, or a space after `:`',
  MULTILINE_IMPLICIT_KEY: 'a key runs over several lines, or its `:` is missing; write `key: value` in one line',
  MULTIPLE_ANCHORS: 'a value can have one anchor only; leave the others out',
  MULTIPLE_DOCS: 'a second document begins here (`---`); keep everything in one document',
  MULTIPLE_TAGS: 'a value can have one tag only; leave the tags out',
  NON_STRING_KEY: 'a key must be a text; put it in quotes',
  RESOURCE_EXHAUSTION: 'the nesting is too deep; write the plain maps and lists of the documentation',
  TAB_AS_INDENT: 'a tab is used as indentation; use spaces',
  TAG_RESOLVE_FAILED: 'this tag (`!…`) is unknown; leave it out',
  UNEXPECTED_TOKEN:
    'this character is out of place; write `key: value` lines, and put a text with special characters in quotes',
};
