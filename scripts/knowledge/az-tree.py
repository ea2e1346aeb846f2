"""Writes src/detect/knowledge/az-tree.json: every command of the Azure CLI as a tree, and its flags without a value.

Source: the command modules of Debian's package python3-azure-cli. Run: python3 scripts/knowledge/az-tree.py FOLDER, with the
folder that `apt-get download python3-azure-cli` was unpacked into (dpkg-deb -x). The modules are read, not run: groups and their
commands in commands.py, classes with @register_command, and the keys of the help texts.
"""
import ast
import json
import os
import sys

modules = None
for base, dirs, _ in os.walk(sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)):
    if base.endswith('azure/cli/command_modules'):
        modules = base
        break
if modules is None:
    sys.exit('there are no command modules in this folder')
version = next((d.removeprefix('azure_cli-').removesuffix('.egg-info').removesuffix('.dist-info') for d in os.listdir(os.path.join(modules, '../../..')) if d.startswith('azure_cli-')), 'unknown')

commands = set()
groups = set()
flags = set()


def text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


class Reader(ast.NodeVisitor):
    def visit_With(self, node):
        for item in node.items:
            call = item.context_expr
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == 'command_group' and call.args and isinstance(item.optional_vars, ast.Name):
                group = text(call.args[0])
                if group is None:
                    continue
                groups.add(group)
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute) and isinstance(inner.func.value, ast.Name) and inner.func.value.id == item.optional_vars.id and inner.func.attr.endswith('command') and inner.args:
                        name = text(inner.args[0])
                        if name is not None:
                            commands.add(f'{group} {name}'.strip())
                        elif inner.func.attr == 'wait_command':
                            commands.add(f'{group} wait')
        self.generic_visit(node)

    def visit_ClassDef(self, node):
        for decorator in node.decorator_list:
            if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.args:
                name = text(decorator.args[0])
                if name and decorator.func.id == 'register_command':
                    commands.add(name)
                elif name and decorator.func.id == 'register_command_group':
                    groups.add(name)
        self.generic_visit(node)

    def visit_Assign(self, node):
        target = node.targets[0]
        if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name) and target.value.id == 'helps':
            name, help_text = text(target.slice), text(node.value)
            if name and help_text:
                (groups if 'type: group' in help_text else commands).add(name)
        self.generic_visit(node)

    def visit_Call(self, node):
        if isinstance(node.func, ast.Attribute) and node.func.attr in ('argument', 'extra'):
            for keyword in node.keywords:
                if keyword.arg == 'action' and text(keyword.value) in ('store_true', 'store_false'):
                    flags.update(o for k in node.keywords if k.arg in ('options_list',) for o in (text(e) for e in getattr(k.value, 'elts', [])) if o)
                    if node.args and text(node.args[0]):
                        flags.add('--' + text(node.args[0]).replace('_', '-'))
        self.generic_visit(node)


for base, _, files in os.walk(modules):
    if '/tests' in base:
        continue
    for file in files:
        if file.endswith('.py'):
            with open(os.path.join(base, file), encoding='utf-8-sig') as f:
                Reader().visit(ast.parse(f.read()))

tree = {}
for command in sorted(c for c in commands if c not in groups):
    node = tree
    *parents, leaf = command.split()
    for word in parents:
        below = node.get(word)
        node[word] = node = below if isinstance(below, dict) else {}
    if not isinstance(node.get(leaf), dict):
        node[leaf] = 1


def count(node):
    return sum(1 if child == 1 else count(child) for child in node.values())


out = {'source': f'Azure CLI {version}, command modules', 'count': count(tree), 'tree': tree, 'flags': ' '.join(sorted(flags))}
path = os.path.join(os.path.dirname(__file__), '../../src/detect/knowledge/az-tree.json')
with open(path, 'w', encoding='utf-8') as f:
    json.dump(out, f, separators=(',', ':'), sort_keys=True)
    f.write('\n')
print(f"{out['count']} commands, {len(flags)} flags, {os.path.getsize(path)} bytes")
