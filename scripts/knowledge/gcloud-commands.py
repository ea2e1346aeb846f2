#!/usr/bin/env python3
"""Makes knowledge/gcloud-commands.json: what every command of gcloud does to the world.

Run: npm run knowledge -- gcloud-commands, with gcloud on PATH. The argument is the folder of the Google Cloud SDK.

Sources: the SDK's own tree of commands and flags (data/cli/gcloud_completions.py), the short flags in lib/surface and
lib/googlecloudsdk/command_lib, and the hand-made tables beside this file. alpha, beta and preview commands are listed
under the path they have, or would have, when generally available: `gcloud alpha X` does what `gcloud X` does.
"""
import glob
import os
import re
import sys

from cli_table import hand_on_commands
from tables import folder_named, gcloud_path, gcloud_tree


def walk(node, path, paths, flags):
    shown = gcloud_path(path)
    for flag, kind in node['flags'].items():
        flags.setdefault(flag.lstrip('-'), {}).setdefault('boolean' if kind == 'bool' else 'value', set()).add(shown)
    if not node['commands'] and path:
        paths.add(shown)
    for name, child in node['commands'].items():
        walk(child, [*path, name], paths, flags)


def short_flags(sdk):
    """(short, long) pairs of every argument that is declared with both."""
    pairs = set()
    for folder in ('surface', os.path.join('googlecloudsdk', 'command_lib'), os.path.join('googlecloudsdk', 'calliope')):
        for file in glob.glob(os.path.join(sdk, 'lib', folder, '**', '*.py'), recursive=True):
            with open(file, encoding='utf-8', errors='replace') as handle:
                text = handle.read()
            for names in re.findall(r'''\(\s*((?:['"]-[-\w]+['"],\s*){2,3})''', text):
                found = re.findall(r'-[-\w]+', names)
                pairs |= {(s[1:], l[2:]) for s in found if re.fullmatch(r'-\w', s) for l in found if l.startswith('--')}
    return pairs


def main():
    sdk = folder_named(next(iter(sys.argv[1:]), None), 'gcloud is not installed')
    paths, seen = set(), {}
    walk(gcloud_tree(sdk), [], paths, seen)
    # Groups that hold nothing in this version, or in one of the tracks, look like commands in the tree.
    surface = os.path.join(sdk, 'lib', 'surface')
    groups = {' '.join(p.split()[:n]) for p in paths for n in range(1, len(p.split()))}
    paths -= {p for p in paths if p in groups or os.path.isdir(os.path.join(surface, *p.replace('-', '_').split()))}
    flags, exceptions = {}, {}
    for flag, kinds in seen.items():
        if len(kinds) == 1:
            flags[flag] = next(iter(kinds))
        else:
            # The commonest kind counts; the commands where it is the other kind are listed.
            rare, common = sorted(kinds, key=lambda kind: (len(kinds[kind]), kind))
            flags[flag] = common
            exceptions[flag] = sorted(kinds[rare])
    for short, long in short_flags(sdk):
        kind = flags.get(long)
        if kind:
            flags[short] = kind if flags.get(short, kind) == kind else 'mixed'
    with open(os.path.join(sdk, 'VERSION'), encoding='utf-8') as file:
        version = file.read().strip()
    hand_on_commands('gcloud', paths, flags, {'google-cloud-sdk': version}, exceptions)


main()
