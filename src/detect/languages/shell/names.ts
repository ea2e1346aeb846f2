/** The last part of a path. */
export const baseName = (text: string): string => text.slice(text.lastIndexOf('/') + 1);

/** Shells: `-c TEXT`, a script's name, or a script on standard input. */
export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', 'ksh93', 'ash', 'mksh', 'rbash', 'rzsh', 'fish', 'yash']);

/**
 * Commands whose words are data or files: a guarded tool's name among them runs nothing. Each by its own manual page.
 * Everything that is not here and not known may be a wrapper.
 */
export const DATA: ReadonlySet<string> = new Set([
  'echo', 'print', 'printf', 'grep', 'egrep', 'fgrep', 'zgrep', 'rg', 'ag', 'ack', 'sed', 'jq', 'yq', 'cat', 'tac', 'bat', 'less', 'more', 'head', 'tail', 'tee', 'wc', 'sort', 'uniq', 'cut', 'tr', 'rev', 'nl', 'paste', 'fold', 'fmt',
  'column', 'diff', 'cmp', 'comm', 'base64', 'xxd', 'od', 'hexdump', 'md5sum', 'sha256sum', 'shasum', 'man', 'info', 'help', 'whatis', 'apropos', 'tldr', 'which', 'type', 'whereis', 'whence', 'test', '[', 'expr', 'true', 'false', ':',
  'exit', 'return', 'break', 'continue', 'sleep', 'wait', 'jobs', 'kill', 'ls', 'll', 'dir', 'tree', 'stat', 'file', 'du', 'df', 'touch', 'mkdir', 'mktemp', 'rmdir', 'chmod', 'chown', 'chgrp', 'rm', 'cp', 'mv', 'ln', 'install', 'dirname', 'basename',
  'realpath', 'readlink', 'seq', 'date', 'git', 'gh', 'glab', 'hub', 'code', 'vi', 'vim', 'nvim', 'nano', 'emacs', 'open', 'xdg-open', 'logger', 'wall', 'say', 'notify-send', 'complete', 'compopt', 'history', 'fc', 'umask', 'ulimit', 'times',
  'apt', 'apt-get', 'apt-cache', 'dpkg', 'brew', 'yum', 'dnf', 'apk', 'pacman', 'snap', 'zypper', 'pip', 'pip3', 'npm', 'yarn', 'pnpm', 'gem', 'cargo', 'go', 'curl', 'wget', 'tar', 'zip', 'unzip', 'gzip', 'gunzip', 'pgrep', 'pkill', 'killall', 'ps', 'top',
  'pytest', 'jest', 'mocha', 'make', 'shellcheck', 'shfmt', 'bats', 'set', 'shopt', 'setopt', 'unsetopt', 'hash', 'tput', 'clear', 'stty', 'tty', 'whoami', 'id', 'hostname', 'uname', 'arch', 'printenv', 'pwd', 'dirs', 'popd', 'yes', 'uuidgen', 'cal', 'bc', 'dc',
]);
