"""What the generators share: the hand-made tables, the tables of knowledge/, the sources, and how a table is handed on.

A generator prints its table as JSON; scripts/knowledge.mjs runs it and writes or compares the file in knowledge/.
"""
import importlib.util
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
# The exit code by which a generator says that what it reads is not on this machine; what that is, is the last line on stderr.
NOT_HERE = 3
# Words before a command of gcloud that change nothing about what it does.
TRACKS = ('alpha', 'beta', 'preview')


def not_here(what):
    print(what, file=sys.stderr)
    sys.exit(NOT_HERE)


def aws_cli():
    """(awscli, botocore, the AWS CLI's own table of commands)."""
    try:
        import awscli
        import botocore
        from awscli.clidriver import create_clidriver
    except ImportError:
        not_here('the AWS CLI version 1 is not installed in this Python')
    return awscli, botocore, create_clidriver()._get_command_table()


def folder_named(argument, what):
    """The folder that a generator was given; without one, the source is not here."""
    if argument is None or not os.path.isdir(argument):
        not_here(what)
    return argument


def gcloud_tree(sdk):
    """The tree of commands and flags that the Google Cloud SDK completes words with."""
    spec = importlib.util.spec_from_file_location('tree', os.path.join(sdk, 'data', 'cli', 'gcloud_completions.py'))
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    return module.STATIC_COMPLETION_CLI_TREE


def gcloud_path(words):
    """The path of a command without its release track."""
    return ' '.join(words[1:] if words[:1] and words[0] in TRACKS else words)


def rows(name, columns):
    """Rows of a hand-made table; a comment starts with #, columns are separated by one tab each."""
    result = []
    with open(os.path.join(HERE, name), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            cells = line.split('\t')
            if len(cells) != columns:
                sys.exit(f'{name}:{number}: {len(cells)} columns instead of {columns}')
            result.append(cells)
    return result


def effects_of(cell):
    return [effect for effect in cell.split('+') if effect]


def table(name):
    """A table of knowledge/ as it stands."""
    with open(os.path.join(ROOT, 'knowledge', f'{name}.json'), encoding='utf-8') as file:
        return json.load(file)


def record(**fields):
    """A record without the fields that say nothing."""
    return {name: value for name, value in fields.items() if value not in (None, '', '-', [])}


def hand_on(result, line):
    """Prints the table for the script that writes it, and a line for the person who asked."""
    json.dump(result, sys.stdout, separators=(',', ':'), ensure_ascii=False)
    print(line, file=sys.stderr)
