/** Files that run commands. */
export type RunnerKind =
  | 'makefile' | 'justfile' | 'taskfile' | 'package-json' | 'dockerfile' | 'github-actions' | 'gitlab-ci' | 'buildspec' | 'circleci' | 'jenkinsfile' | 'azure-pipelines'
  | 'bitbucket-pipelines' | 'devcontainer' | 'vscode-tasks' | 'systemd' | 'crontab' | 'cloud-init' | 'markdown' | 'procfile' | 'drone' | 'travis';
