"""What gcloud-commands.py and az-commands.py share: the hand-made tables and the shape of the result.

A command path is classified by, in this order: an exception (cli-exceptions-TOOL.tsv), the verb of its leaf
(cli-verbs.tsv), and for destroying verbs by what it acts on (cli-nouns.tsv). cli-undo.tsv says how it is undone.
"""
import fnmatch
import re
import sys

from tables import effects_of, hand_on, record, rows

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


def hand_on_commands(tool, paths, flags, sources, path_flags=None):
    """Hands on TOOL-commands.json. flags: name without dashes -> 'value', 'optional', 'boolean' or 'mixed'."""
    classifier = Classifier(tool, paths)
    groups = {' '.join(path.split()[:n]) for path in paths for n in range(1, len(path.split()))}
    both = sorted(groups & set(paths))
    if both:
        sys.exit(f'these are commands and groups: {both}')
    commands = {}
    for path in sorted(paths):
        mutation, effects, undo, reason = classifier.classify(path)
        commands[path] = record(mutation=mutation, effects=effects, undo=undo, note=reason)
    if classifier.unused():
        sys.exit(f'these entries of {tool} fit no command: {classifier.unused()}')
    hand_on({
        'sources': sources,
        'undo': {row[0]: row[1:4] for row in classifier.undo},
        'verbs': {verb: record(mutation=mutation, effects=effects) for verb, (mutation, effects, _) in classifier.verbs.items()},
        'commands': commands,
        'flags': flags,
        'except': path_flags or {},
    }, f'{len(commands)} commands of {tool}, {len(flags)} flags')
