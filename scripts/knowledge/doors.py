#!/usr/bin/env python3
"""Makes knowledge/doors.json: which commands open a way that their own words do not show.

Run: npm run knowledge -- doors, after the other tables, with the AWS CLI v1 in the Python that `python3` is and gcloud on PATH. The
argument is the folder of the Google Cloud SDK.

Every operation of every table is asked. What looks like a door, by its name or by its input (botocore's models, gcloud's flags),
needs a line in doors.tsv, also when the answer is no; one without stops the generator. Only doors are stored: the number and the
digest of the names that were asked say for which tables `no` is the answer for the rest. `npm run knowledge:verify` compares them.
"""
import fnmatch
import hashlib
import re
import sys

from tables import aws_cli, folder_named, gcloud_path, gcloud_tree, hand_on, record, rows, table

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


def lines():
    """The hand-made lines: (tool, patterns, door, members, reason)."""
    for tool, patterns, door, members, reason, _ in rows('doors.tsv', 6):
        if door not in DOORS:
            sys.exit(f'doors.tsv: {patterns} is {door}, which is none of {DOORS}')
        yield tool, patterns.split() if tool == 'aws' else [p.strip() for p in patterns.split(';')], door, [m for m in members.split(',') if m], reason


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
    models = {cli: command.service_model for cli, command in aws_cli()[2].items() if hasattr(command, '_get_command_table')}
    names = {}
    for name in table('aws-operations')['operations']:
        service, api = name.split(':')
        shape = models[service].operation_model(api).input_shape
        candidate = bool(AWS_VERB.match(api)) or any(AWS_MEMBER.search(m) for m in members_of(shape))
        names[name] = (candidate, list(shape.members) if shape is not None else [])
    return names


def gcloud(sdk):
    flags = {}

    def walk(node, path):
        flags.setdefault(gcloud_path(path), set()).update(node['flags'])
        for name, child in node['commands'].items():
            walk(child, [*path, name])
    walk(gcloud_tree(sdk), [])
    return {path: (looks(path) or any(CLI_FLAG.match(f) for f in flags.get(path, ())), None) for path in table('gcloud-commands')['commands']}


def looks(path):
    leaf = path.split()[-1]
    return bool(CLI_LEAF.search(leaf)) and not CLI_READS.match(leaf)


class Answers:
    """Asks the hand-made lines about one name after the other, and keeps what nobody answered and what was never needed."""

    def __init__(self):
        self.hand, self.used, self.missing = list(lines()), set(), []

    def door(self, tool, name, candidate, members):
        """The record of a door; None for what is none."""
        fitting = ((i, row, p) for i, row in enumerate(self.hand) if row[0] == tool for p in row[1] if fnmatch.fnmatchcase(name, p))
        found = next(fitting, None)
        if found is None:
            if candidate:
                self.missing.append(f'{tool} {name}')
            return None
        number, (_, _, door, wanted, reason), pattern = found
        self.used.add((number, pattern))
        verb = name.split(':')[-1] if tool == 'aws' else name.split()[-1]
        if door == 'no' or ('*' in pattern and (PASSIVE if tool == 'aws' else CLI_READS).match(verb)):
            return None
        given = [m for m in members if any(fnmatch.fnmatchcase(m, w) for w in wanted)] if members is not None else wanted
        return record(door=door, reason=reason, members=given)

    def check(self):
        unused = [f'{row[0]} {p}' for i, row in enumerate(self.hand) for p in row[1] if (i, p) not in self.used]
        if self.missing:
            sys.exit('No answer for:\n' + '\n'.join(self.missing))
        if unused:
            sys.exit('These fit nothing that no earlier line fits:\n' + '\n'.join(unused))


def main():
    sdk = folder_named(next(iter(sys.argv[1:]), None), 'gcloud is not installed')
    asked = {
        'aws': aws(),
        'gcloud': gcloud(sdk),
        'az': {path: (looks(path), None) for path in table('az-commands')['commands']},
        # These two are few enough to have each of them answered.
        'kubectl': {path: (True, None) for path in table('kubectl-flags')['commands']},
        'terraform': {path: (True, None) for path in table('terraform-tree')['commands']},
    }
    answers = Answers()
    result = {'asked': {}}
    for tool, names in asked.items():
        digest = hashlib.sha256('\n'.join(sorted(names)).encode()).hexdigest()[:16]
        result['asked'][tool] = [len(names), digest]
        doors = {name: answers.door(tool, name, *about) for name, about in names.items()}
        result[tool] = {name: door for name, door in doors.items() if door is not None}
    answers.check()
    counts = [f'{tool}: {len(names)} asked, {sum(c for c, _ in names.values())} look like a door, {len(result[tool])} are one' for tool, names in asked.items()]
    hand_on(result, '; '.join(counts))


main()
