"""What gcloud-commands.py and az-commands.py share: the hand-made tables and the shape of the result.

A command path is classified by, in this order: an exception (cli-exceptions-TOOL.tsv), the verb of its leaf
(cli-verbs.tsv), and for destroying verbs by what it acts on (cli-nouns.tsv). cli-undo.tsv says how it is undone.
"""
import fnmatch
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KNOWLEDGE = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'src', 'detect', 'knowledge')
# A command beside it that takes it back, by the verb.
OPPOSITES = {
    'stop': ['start'], 'disable': ['enable'], 'detach': ['attach'], 'suspend': ['resume'], 'pause': ['resume', 'start'],
    'deactivate': ['activate'], 'remove': ['add'], 'deallocate': ['start'], 'power-off': ['start', 'power-on'], 'unlink': ['link'],
    'unassign': ['assign'], 'unbind': ['bind'], 'unregister': ['register'], 'undeploy': ['deploy'], 'unlock': ['lock'],
    'deny': ['allow'], 'deauthorize': ['authorize'], 'unauthorize': ['authorize'], 'cordon': ['uncordon'], 'shutdown': ['start'],
    'delete': ['undelete', 'recover'], 'rm': ['undelete'], 'disconnect': ['reconnect', 'connect'], 'unset': ['set'],
    'remove-iam-policy-binding': ['add-iam-policy-binding'],
}
COMES_BACK = {'restart', 'reboot', 'failover', 'switchover', 'redeploy', 'invalidate', 'flush', 'force-reboot', 'database-failover'}


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
    return [e for e in cell.split('+') if e]


class Classifier:
    """Knows the class of every command of one tool, and what of the hand-made tables was never needed."""

    def __init__(self, tool, paths):
        self.tool, self.paths = tool, set(paths)
        self.verbs = {}
        for verbs, mutation, effects, kind, why in rows('cli-verbs.tsv', 5):
            for verb in verbs.split():
                if verb in self.verbs:
                    sys.exit(f'cli-verbs.tsv lists {verb} twice')
                self.verbs[verb] = (mutation, effects_of(effects), kind)
        self.nouns = []
        for kinds, pattern, effects, _ in rows('cli-nouns.tsv', 4):
            only = pattern[:2] if pattern[:2] in ('g:', 'a:') else ''
            if only in ('', tool[0] + ':'):
                self.nouns.append((kinds, re.compile(pattern[len(only):]), effects_of(effects)))
        self.exceptions = [row[:5] for row in rows(f'cli-exceptions-{tool}.tsv', 6)]
        self.undo = [row[1:] for row in rows('cli-undo.tsv', 6) if row[0] == tool]
        self.used = set()

    def verb(self, path):
        """The listed verb nearest to the end of the path and the word that begins with it."""
        for index, word in reversed(list(enumerate(path.split()))):
            parts = word.split('-')
            for length in range(len(parts), 0, -1):
                known = '-'.join(parts[:length])
                if known in self.verbs:
                    return known, index
        return None

    def classify(self, path):
        """(mutation, effects, undo key, reason or None); stops when nothing decides."""
        verb = self.verb(path)
        # What reads stays a read when a group of commands is listed as something else.
        reads = verb is not None and self.verbs[verb[0]][0] == 'none' and verb[1] == len(path.split()) - 1
        exception = next((e for e in self.exceptions if fnmatch.fnmatchcase(path, e[0]) and not (reads and '*' in e[0] and e[1] != 'none')), None)
        reason = None
        if exception:
            self.used.add(exception[0])
            mutation, effects, undo, reason = exception[1], effects_of(exception[2]), exception[3], exception[4]
            if effects == ['noun']:
                effects = self.refined(path, verb, ['outage'], 'D')
        elif verb is None:
            sys.exit(f'{self.tool} {path}: no word of it is in cli-verbs.tsv')
        else:
            mutation, effects, kind = self.verbs[verb[0]]
            undo = '-'
            effects = self.refined(path, verb, effects, kind)
        return mutation, effects, self.reversibility(path, mutation, undo, verb), reason

    def refined(self, path, verb, effects, kind):
        if kind == '-':
            return effects
        words = path.split()
        if verb:
            rest = words[verb[1]][len(verb[0]):].lstrip('-')
            words = [w for w in [*words[:verb[1]], rest, *words[verb[1] + 1:]] if w]
        noun = ' '.join(words)
        return next((found for kinds, pattern, found in self.nouns if kind in kinds and pattern.search(noun)), effects)

    def reversibility(self, path, mutation, undo, verb):
        if mutation != 'destructive':
            return '-'
        for pattern, *_ in self.undo:
            if pattern == undo or fnmatch.fnmatchcase(path, pattern):
                self.used.add('undo ' + pattern)
                return 'undo:' + pattern
        if undo in ('self', 'irreversible'):
            return undo
        if verb:
            words = path.split()
            for opposite in OPPOSITES.get(verb[0], []):
                leaf = opposite + words[verb[1]][len(verb[0]):]
                if ' '.join([*words[:verb[1]], leaf, *words[verb[1] + 1:]]) in self.paths:
                    return 'opposite:' + leaf
            if verb[0] in COMES_BACK:
                return 'self'
        return 'irreversible'

    def unused(self):
        return [e[0] for e in self.exceptions if e[0] not in self.used] + [u[0] for u in self.undo if 'undo ' + u[0] not in self.used]


def write(tool, paths, flags, sources, path_flags=None):
    """Writes TOOL-commands.json. flags: name without dashes -> 'value', 'optional', 'boolean' or 'mixed'."""
    classifier = Classifier(tool, paths)
    profiles, notes, tree = [], {}, {}

    def number(profile):
        if profile not in profiles:
            profiles.append(profile)
        return profiles.index(profile)

    for path in sorted(paths):
        mutation, effects, undo, reason = classifier.classify(path)
        node = tree
        *groups, leaf = path.split()
        for group in groups:
            node = node.setdefault(group, {})
            if not isinstance(node, dict):
                sys.exit(f'{path}: {group} is a command and a group')
        if leaf in node:
            sys.exit(f'{path} is a command and a group')
        node[leaf] = number([mutation, effects, undo])
        if reason:
            notes[path] = reason
    if classifier.unused():
        sys.exit(f'these entries of {tool} fit no command: {classifier.unused()}')
    verbs = {v: number([m, e, '-']) for v, (m, e, _) in classifier.verbs.items()}
    kinds = {}
    for flag, kind in sorted(flags.items()):
        kinds.setdefault(kind, []).append(flag)
    texts = sorted(set(notes.values()))
    by_text = {}
    for path, note in notes.items():
        by_text.setdefault(note, []).append(path)
    result = {
        'sources': sources, 'count': len(set(paths)), 'profiles': profiles,
        'notes': {text: by_text[text] for text in texts},
        'undo': {row[0]: row[1:4] for row in classifier.undo},
        'verbs': verbs, 'commands': tree,
        'flags': {kind: ' '.join(names) for kind, names in sorted(kinds.items())},
        'except': path_flags or {},
    }
    out = os.path.join(KNOWLEDGE, f'{tool}-commands.json')
    with open(out, 'w', encoding='utf-8') as file:
        json.dump(result, file, separators=(',', ':'), ensure_ascii=False)
        file.write('\n')
    print(f'{len(set(paths))} commands of {tool}, {len(profiles)} profiles, {len(flags)} flags, {os.path.getsize(out)} bytes')
