"""What the AWS CLI's own reader of shorthand makes of texts: JSON lines in, `{"value": …}` or `{"refused": true}` out."""
import json
import sys

from awscli.shorthand import ShorthandParseError, ShorthandParser

for line in sys.stdin:
    try:
        answer = {'value': ShorthandParser().parse(json.loads(line))}
    except (ShorthandParseError, RecursionError, IndexError):
        answer = {'refused': True}
    print(json.dumps(answer))
