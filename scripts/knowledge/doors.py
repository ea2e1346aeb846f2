#!/usr/bin/env python3
"""Writes src/detect/knowledge/doors.json: which commands open a way that their own words do not show.

Run by hand from anywhere, after the other tables, with the AWS CLI v1 in the same Python and the folder of the Google Cloud
SDK:  python3 scripts/knowledge/doors.py SDK

Every operation of every table is asked. What looks like a door, by its name or by its input (botocore's models, gcloud's flags),
needs a line in doors.tsv, also when the answer is no; one without stops the generator. Only doors are stored: the number and the
digest of the names that were asked say for which tables `no` is the answer for the rest. `npm run knowledge:verify` compares them.
"""
import fnmatch
import hashlib
import importlib.util
import json
import os
import re
import sys

from awscli.clidriver import create_clidriver

HERE = os.path.dirname(os.path.abspath(__file__))
KNOWLEDGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'src', 'detect', 'knowledge')
DOORS = ('shell', 'tunnel', 'raw', 'command', 'code', 'job', 'no')
# First words of an API's name that start, run, call or send something.
AWS_VERB = re.compile(r'^(Batch|Admin)?(Execute|Invoke|Run|Start|Submit|Trigger|Call|Open|Rerun|Retry|Restart|Resume|Redrive|Send|Connect|Publish|Test|'
                      r'Evaluate|Activate|Schedule|Dispatch|Launch|Signal|Poll|Enqueue|Queue|Process|Perform|Converse|Chat|Ask|Create\w*(Session|Console|Shell|Tunnel|Terminal|Connection|Url|URL|Token)$)')
# Members, at any depth of the input, that hold what will run.
AWS_MEMBER = re.compile(r'(command|commands|script|scriptlocation|buildspec|buildspecoverride|userdata|entrypoint|zipfile|sourcecode|containeroverrides|codeuri|shellscript|'
                        r'bootstrapactions?|postlaunchscript|inlinecode|functioncode|codeblock|definition|definitionstring|payload|sqlstatement|querystring|overrides|documentcontent|templatebody)$', re.I)
CLI_LEAF = re.compile(r'exec|execute|^run|rerun|ssh|scp|shell|console|connect|proxy|tunnel|port-forward|invoke|trigger|^call$|rest$|raw|debug|attach$|command|submit|^cli$|rdp|serial|eval|script|'
                      r'interactive|remote|dispatch|^perform|send|publish|query$|ddl|browse|kubectl|docker|^start$|start-run|playbook|^launch|apply|^deploy$|import$|^build$|simulate|instantiate|extension')
CLI_READS = re.compile(r'^(list|describe|show|get|delete|remove|wait|disable|enable|check|restore|rollback|set|cancel|stop)(-|$)')
# A pattern with a star does not mean what reads or deletes beside it; a name that stands there in full is meant whatever it begins with.
PASSIVE = re.compile(r'^(Describe|List|Get|Delete|Search|Deregister)')
# Options of gcloud that hold what will run.
CLI_FLAG = re.compile(r'^--(command|command-line|script.*|metadata|metadata-from-file|startup-script|container-command|container-args|args|entry-point|build-config|inline-config|message-body|http-target.*)$')


def load(name):
    with open(os.path.join(KNOWLEDGE, name), encoding='utf-8') as file:
        return json.load(file)


def lines():
    with open(os.path.join(HERE, 'doors.tsv'), encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            line = line.rstrip('\n')
            if not line or line.startswith('#'):
                continue
            cells = line.split('\t')
            if len(cells) != 6 or cells[2] not in DOORS:
                sys.exit(f'doors.tsv:{number}: six columns, the third one of {DOORS}')
            tool, patterns, door, members, reason, _ = cells
            yield tool, patterns.split() if tool == 'aws' else [p.strip() for p in patterns.split(';')], door, [m for m in members.split(',') if m], reason


def leaves(tree, path=()):
    for word, child in tree.items():
        if isinstance(child, dict):
            yield from leaves(child, (*path, word))
        else:
            yield ' '.join((*path, word))


def members_of(shape, depth=0, above=()):
    if shape is None or depth > 4 or shape.name in above:
        return
    above = (*above, shape.name)
    if shape.type_name == 'structure':
        for name, member in shape.members.items():
            yield name
            yield from members_of(member, depth + 1, above)
    elif shape.type_name in ('list', 'map'):
        yield from members_of(shape.member if shape.type_name == 'list' else shape.value, depth + 1, above)


def aws():
    """name -> (whether it looks like a door, the members of its input) of every operation of the table."""
    models = {cli: command.service_model for cli, command in create_clidriver()._get_command_table().items() if hasattr(command, '_get_command_table')}
    names = {}
    for service, entry in load('aws-operations.json')['services'].items():
        for row in entry['o'].split(';'):
            api = row.split('|')[0].split('=')[0]
            shape = models[service].operation_model(api).input_shape
            looks = bool(AWS_VERB.match(api)) or any(AWS_MEMBER.search(m) for m in members_of(shape))
            names[f'{service}:{api}'] = (looks, list(shape.members) if shape is not None else [])
    return names


def gcloud(sdk):
    spec = importlib.util.spec_from_file_location('tree', os.path.join(sdk, 'data', 'cli', 'gcloud_completions.py'))
    module = importlib.util.module_from_spec(spec)
    sys.dont_write_bytecode = True
    spec.loader.exec_module(module)
    flags = {}

    def walk(node, path):
        flags.setdefault(' '.join(path[1:] if path[:1] and path[0] in ('alpha', 'beta', 'preview') else path), set()).update(node['flags'])
        for name, child in node['commands'].items():
            walk(child, [*path, name])
    walk(module.STATIC_COMPLETION_CLI_TREE, [])
    return {path: (looks(path) or any(CLI_FLAG.match(f) for f in flags.get(path, ())), None) for path in leaves(load('gcloud-commands.json')['commands'])}


def looks(path):
    leaf = path.split()[-1]
    return bool(CLI_LEAF.search(leaf)) and not CLI_READS.match(leaf)


def main():
    asked = {
        'aws': aws(),
        'gcloud': gcloud(sys.argv[1]),
        'az': {path: (looks(path), None) for path in leaves(load('az-commands.json')['commands'])},
        # These two are few enough to have each of them answered.
        'kubectl': {path: (True, None) for path in load('kubectl-flags.json')['commands']},
        'terraform': {path: (True, None) for path in leaves(load('terraform-tree.json')['tree'])},
    }
    hand = list(lines())
    used, missing = set(), []
    result = {'asked': {}, 'doors': {}}
    for tool, names in asked.items():
        digest = hashlib.sha256('\n'.join(sorted(names)).encode()).hexdigest()[:16]
        result['asked'][tool] = [len(names), digest]
        doors = result['doors'].setdefault(tool, {})
        for name, (candidate, members) in names.items():
            found = next(((i, row, p) for i, row in enumerate(hand) if row[0] == tool for p in row[1] if fnmatch.fnmatchcase(name, p)), None)
            if found is None:
                if candidate:
                    missing.append(f'{tool} {name}')
                continue
            number, (_, _, door, wanted, reason), pattern = found
            used.add((number, pattern))
            verb = name.split(':')[-1] if tool == 'aws' else name.split()[-1]
            if door == 'no' or ('*' in pattern and (PASSIVE if tool == 'aws' else CLI_READS).match(verb)):
                continue
            given = [m for m in members if any(fnmatch.fnmatchcase(m, w) for w in wanted)] if members is not None else wanted
            doors.setdefault((door, reason), []).append(name + ('=' + ','.join(given) if given else ''))
        result['doors'][tool] = [[door, reason, (' ' if tool == 'aws' else ';').join(sorted(entries))] for (door, reason), entries in sorted(doors.items())]
    unused = [f'{row[0]} {p}' for i, row in enumerate(hand) for p in row[1] if (i, p) not in used]
    if missing:
        sys.exit('No answer for:\n' + '\n'.join(missing))
    if unused:
        sys.exit('These fit nothing that no earlier line fits:\n' + '\n'.join(unused))
    out = os.path.join(KNOWLEDGE, 'doors.json')
    with open(out, 'w', encoding='utf-8') as file:
        json.dump(result, file, separators=(',', ':'), ensure_ascii=False)
        file.write('\n')
    for tool, names in asked.items():
        count = sum(len(entries.split(' ' if tool == 'aws' else ';')) for _, _, entries in result['doors'][tool])
        print(f'{tool}: {len(names)} asked, {sum(c for c, _ in names.values())} look like a door, {count} are one')
    print(f'{os.path.getsize(out)} bytes')


main()
