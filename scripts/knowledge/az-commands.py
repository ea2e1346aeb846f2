#!/usr/bin/env python3
"""Makes knowledge/az-commands.json: what every command of the Azure CLI and its extensions does to the world.

Run: npm run knowledge -- az-commands, with two folders in the environment.
AZURE_CLI_PACKAGES is what Debian's python3-azure-cli unpacks to (`apt-get download python3-azure-cli`, `dpkg-deb -x`): the newest
that is a package there. AZURE_AUTOCOMPLETE is what `npm pack @withfig/autocomplete` unpacks to: it lists the commands and options
of a later version together with every extension, as `az` itself reports them.

The Python modules are read, not run: groups and their commands in commands.py, and @register_command of newer classes.
"""
import ast
import glob
import json
import os
import re
import subprocess

from cli_table import hand_on_commands
from tables import folder_named

# Prints every command with its options, each with whether it takes a value and what it suggests for it.
READ_SPECS = '''
const { readdirSync } = require('node:fs'); const { join } = require('node:path'); const { pathToFileURL } = require('node:url');
(async () => {
  const commands = {};
  const walk = (node, above) => {
    const path = [...above, [node.name].flat()[0]];
    if (!node.subcommands?.length) commands[path.join(' ')] = (node.options ?? []).map((o) => {
      const arg = [o.args ?? []].flat()[0];
      return [[o.name].flat(), arg === undefined ? null : (arg.suggestions ?? []).map((s) => (typeof s === 'string' ? s : [s.name].flat()[0]))];
    });
    for (const child of node.subcommands ?? []) walk(child, path);
  };
  for (const file of readdirSync(process.argv[1]).filter((f) => f.endsWith('.js'))) walk((await import(pathToFileURL(join(process.argv[1], file)).href)).default, []);
  process.stdout.write(JSON.stringify(commands));
})();
'''
# Options of every command, before and after it. Source: azure/cli/core/commands/__init__.py and knack's global parameters.
GLOBAL = {'output': 'value', 'o': 'value', 'query': 'value', 'subscription': 'value', 'help': 'boolean', 'h': 'boolean',
          'debug': 'boolean', 'verbose': 'boolean', 'only-show-errors': 'boolean', 'yes': 'boolean', 'y': 'boolean'}


def text(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def debian_commands(packages):
    """The commands of the modules as far as they are written down as text; commands made in loops are in the other source."""
    paths = set()
    for file in glob.glob(os.path.join(packages, '**', 'command_modules', '**', '*.py'), recursive=True):
        with open(file, encoding='utf-8-sig') as handle:
            source = handle.read()
        paths.update(re.findall(r'@register_command\(\s*"([^"]+)"', source))
        if 'command_group(' not in source or file.endswith('__cmd_group.py'):
            continue
        for block in ast.walk(ast.parse(source)):
            for item in block.items if isinstance(block, ast.With) else []:
                call, name = item.context_expr, item.optional_vars
                if not (isinstance(call, ast.Call) and getattr(call.func, 'attr', '') == 'command_group' and call.args and isinstance(name, ast.Name)):
                    continue
                group = text(call.args[0])
                for node in ast.walk(block) if group is not None else []:
                    function = node.func if isinstance(node, ast.Call) else None
                    if isinstance(function, ast.Attribute) and getattr(function.value, 'id', '') == name.id and node.args and text(node.args[0]):
                        paths.add(f'{group} {text(node.args[0])}'.strip())
    return paths


def main():
    packages = folder_named(os.environ.get('AZURE_CLI_PACKAGES'), 'AZURE_CLI_PACKAGES names no folder with the unpacked python3-azure-cli')
    autocomplete = folder_named(os.environ.get('AZURE_AUTOCOMPLETE'), 'AZURE_AUTOCOMPLETE names no folder with the unpacked @withfig/autocomplete')
    folder = sorted(glob.glob(os.path.join(autocomplete, 'build', 'az', '[0-9]*.[0-9]*.[0-9]*/')))[-1]
    specs = json.loads(subprocess.check_output(['node', '-e', READ_SPECS, folder]))
    paths = set(specs) | debian_commands(packages)
    groups = {' '.join(p.split()[:n]) for p in paths for n in range(1, len(p.split()))}
    paths -= groups
    seen = {}
    for path, options in specs.items():
        for names, suggestions in options:
            # A yes-or-no argument (`--no-wait`, `--https-only`) may stand without its value.
            truth = suggestions is not None and {s.lower() for s in suggestions} >= {'false', 'true'}
            kind = 'boolean' if suggestions is None else 'optional' if truth else 'value'
            for name in names:
                seen.setdefault(name.lstrip('-'), {}).setdefault(kind, []).append(path)
    flags = {}
    for name, kinds in seen.items():
        if len(kinds) == 1:
            flags[name] = next(iter(kinds))
        else:
            # Where commands differ, the value counts only when it isn't an option: az has no positional arguments that could follow.
            flags[name] = 'optional'
    flags.update(GLOBAL)
    version = next(re.search(r'azure_cli-([\d.]+\d)', p).group(1) for p in glob.glob(os.path.join(packages, '**', 'azure_cli-*-info'), recursive=True))
    with open(os.path.join(autocomplete, 'package.json'), encoding='utf-8') as file:
        package = json.load(file)['version']
    sources = {'azure-cli': version, '@withfig/autocomplete': package, 'azure-cli with extensions': os.path.basename(os.path.dirname(folder))}
    hand_on_commands('az', paths, flags, sources)


main()
