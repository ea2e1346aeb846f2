/** Files that run commands. */
export type RunnerKind =
  | 'makefile' | 'justfile' | 'taskfile' | 'package-json' | 'dockerfile' | 'github-actions' | 'gitlab-ci' | 'buildspec' | 'circleci' | 'jenkinsfile' | 'azure-pipelines'
  | 'bitbucket-pipelines' | 'devcontainer' | 'vscode-tasks' | 'systemd' | 'crontab' | 'cloud-init' | 'markdown' | 'procfile' | 'drone' | 'travis';

/** Names, each from the tool's own documentation on where it looks for its file. */
const NAMES: readonly (readonly [RegExp, RunnerKind])[] = [
  [/(?:^|\/)(?:GNU)?[Mm]akefile(?:\.[\w-]+)?$|\.mk$|\.mak$/, 'makefile'],
  [/(?:^|\/)\.?[Jj]ustfile$|\.just$/, 'justfile'],
  [/(?:^|\/)[Tt]askfile(?:\.dist)?\.ya?ml$/, 'taskfile'],
  [/(?:^|\/)package\.json$/, 'package-json'],
  [/(?:^|\/)(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.(?:dockerfile|Dockerfile)$/, 'dockerfile'],
  [/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/, 'github-actions'],
  [/(?:^|\/)\.?gitlab-ci[\w.-]*\.ya?ml$|(?:^|\/)\.gitlab\/.*\.ya?ml$/, 'gitlab-ci'],
  [/(?:^|\/)buildspec[\w.-]*\.ya?ml$|(?:^|\/)appspec\.ya?ml$/, 'buildspec'],
  [/(?:^|\/)\.circleci\/[^/]+\.ya?ml$/, 'circleci'],
  [/(?:^|\/)Jenkinsfile(?:\.[\w-]+)?$|\.jenkinsfile$/, 'jenkinsfile'],
  [/(?:^|\/)\.?azure-pipelines[\w.-]*\.ya?ml$/, 'azure-pipelines'],
  [/(?:^|\/)bitbucket-pipelines\.ya?ml$/, 'bitbucket-pipelines'],
  [/(?:^|\/)\.?devcontainer\.json$/, 'devcontainer'],
  [/(?:^|\/)\.vscode\/tasks\.json$/, 'vscode-tasks'],
  [/\.(?:service|timer|socket|path|mount)$/, 'systemd'],
  [/(?:^|\/)crontab$|\.crontab$|(?:^|\/)cron\.d\/[\w.-]+$|\.cron$/, 'crontab'],
  [/(?:^|\/)(?:cloud-?init|cloud-?config|user-?data)[\w.-]*(?:\.ya?ml|\.cfg|\.txt)?$/, 'cloud-init'],
  [/(?:^|\/)Procfile(?:\.\w+)?$/, 'procfile'],
  [/(?:^|\/)\.drone\.ya?ml$|(?:^|\/)\.woodpecker(?:\.ya?ml|\/.*\.ya?ml)$/, 'drone'],
  [/(?:^|\/)\.travis\.ya?ml$/, 'travis'],
  // Only texts that an agent is asked to follow: other documentation runs nothing.
  [/(?:^|\/)(?:AGENTS|CLAUDE|GEMINI|SKILL|CONVENTIONS|RUNBOOK)\.md$|\.(?:prompt|instructions|chatmode|agent)\.md$|(?:^|\/)\.github\/copilot-instructions\.md$|(?:^|\/)\.(?:cursor|windsurf|claude|clinerules|roo)\/.*\.mdc?$|(?:^|\/)runbooks?\/.*\.md$/i, 'markdown'],
];

/** Which kind of file that runs commands this is, by its name; undefined for any other. */
export function runnerKind(path: string, text: string): RunnerKind | undefined {
  const plain = path.replace(/\\/g, '/');
  const kind = NAMES.find(([pattern]) => pattern.test(plain))?.[1];
  if (kind === 'systemd') return /^\s*\[(?:Service|Unit|Timer|Socket|Mount|Path|Install)\]/m.test(text) ? kind : undefined;
  if (kind === undefined && /\.(?:ya?ml|cfg)$/.test(plain) && text.startsWith('#cloud-config')) return 'cloud-init';
  if (kind === 'cloud-init') return /^#cloud-config|^\s*(?:runcmd|bootcmd):|^#!/m.test(text) ? kind : undefined;
  return kind;
}
