"""Writes src/detect/knowledge/gcloud-tree.json: every command of the Google Cloud CLI as a tree, and its flags without a value.

Source: the static completion tree that the Google Cloud CLI ships (data/cli/gcloud_completions.py), which is generated from
its command classes. Run: python3 scripts/knowledge/gcloud-tree.py. The release tracks alpha, beta and preview are laid over
the general one: a command is the same command in every track.
"""
import json
import os
import shutil
import sys

root = os.path.join(os.path.dirname(os.path.realpath(shutil.which('gcloud') or sys.exit('gcloud is not installed'))), '..')
names = {}
with open(os.path.join(root, 'data/cli/gcloud_completions.py'), encoding='utf-8') as f:
    exec(compile(f.read(), 'gcloud_completions.py', 'exec'), names)  # a literal of dictionaries, nothing else
with open(os.path.join(root, 'VERSION'), encoding='utf-8') as f:
    version = f.read().strip()

flags = {}


def walk(node, out):
    for name, kind in (node.get('flags') or {}).items():
        flags.setdefault(name, set()).add('flag' if kind == 'bool' else 'value')
    for name, child in (node.get('commands') or {}).items():
        below = out.setdefault(name, {})
        walk(child, below if isinstance(below, dict) else {})
        if not below:
            out[name] = 1


tree = {}
top = names['STATIC_COMPLETION_CLI_TREE']
tracks = ('alpha', 'beta', 'preview')
walk({'flags': top['flags'], 'commands': {k: v for k, v in top['commands'].items() if k not in tracks}}, tree)


def merge(into, other):
    for name, child in other.items():
        if name not in into:
            into[name] = child
        elif isinstance(into[name], dict) and isinstance(child, dict):
            merge(into[name], child)
        elif isinstance(child, dict):
            into[name] = child


for track in tracks:
    if track in top['commands']:
        more = {}
        walk(top['commands'][track], more)
        merge(tree, more)


def count(node):
    return sum(1 if child == 1 else count(child) for child in node.values())


# All others take a value: that is what an unknown flag is taken for.
booleans = sorted(n for n, kinds in flags.items() if kinds == {'flag'})
out = {'source': f'Google Cloud CLI {version}, static completion tree', 'count': count(tree), 'tree': tree, 'flags': ' '.join(booleans)}
path = os.path.join(os.path.dirname(__file__), '../../src/detect/knowledge/gcloud-tree.json')
with open(path, 'w', encoding='utf-8') as f:
    json.dump(out, f, separators=(',', ':'), sort_keys=True)
    f.write('\n')
print(f"{out['count']} commands, {len(booleans)} flags without a value, {os.path.getsize(path)} bytes")
