import assert from 'node:assert/strict';

import { pathChange, putsShimsFirst } from '../../src/editor/activation';

describe('what a command line does to the PATH of its terminal', () => {
  const BIN = '/home/me/.holdpoint/bin';
  const at = (line: string): unknown => {
    const change = pathChange(line, '/srv/app', '/home/me', BIN);
    return change?.kind === 'folder' ? change.folder : change?.kind;
  };

  it('tells the folder of a virtual environment that is activated, however it is written', () => {
    for (const line of ['source .venv/bin/activate', '. .venv/bin/activate', 'cd x && source /srv/app/.venv/bin/activate', 'source "/srv/app/.venv/bin/activate"', 'source .venv/bin/activate.fish']) {
      assert.equal(at(line), '/srv/app/.venv/bin', line);
    }
    assert.equal(at('source ~/envs/aws/bin/activate'), '/home/me/envs/aws/bin');
    assert.equal(at('. my\\ env/bin/activate'), '/srv/app/my env/bin');
  });

  it('says that it does not know where only the shell does', () => {
    for (const line of ['conda activate prod', 'workon infra', 'poetry shell', 'nix develop', 'pyenv shell 3.12', 'export PATH=/opt/tools:$PATH', 'PATH="/opt/tools:$PATH"', 'set -gx PATH /opt/tools $PATH', 'fish_add_path /opt/tools', 'source "$VENV/bin/activate"']) {
      assert.equal(at(line), 'unknown', line);
    }
  });

  it('tells what puts the shims first again, and takes nothing else for it', () => {
    for (const line of ['deactivate', 'cd .. && deactivate', 'conda deactivate', `export PATH='${BIN}':"$PATH"`, `PATH="${BIN}:$PATH"`]) assert.equal(putsShimsFirst(line, BIN), true, line);
    for (const line of ['echo $PATH', 'export PATH=$PATH:/opt', 'export PATH=/opt:$PATH', 'man deactivate', 'ls']) assert.equal(putsShimsFirst(line, BIN), false, line);
  });

  it('takes nothing for a change that leaves the shims first', () => {
    for (const line of [`export PATH=${BIN}:$PATH`, 'export PATH=$PATH:/opt/tools', 'export PATH="${PATH}:/opt"', 'echo PATH', 'source ~/.bashrc', 'cat .venv/bin/activate', 'ls bin', 'git log --grep activate', 'source .venv/bin/activate; deactivate']) {
      assert.equal(at(line), undefined, line);
    }
  });
});
