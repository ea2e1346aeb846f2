import assert from 'node:assert/strict';
import { detectCommand } from '../../src/detect/detect';

const scripts = JSON.stringify({ scripts: { build: 'tsc', cdk: 'cdk', clean: 'rimraf dist' } });
const destroys = (line: string, text?: string): boolean => detectCommand(line, { home: '/home/me', cwd: '/w', env: {}, readFile: (file) => (file === '/w/package.json' ? text : undefined) }).some((o) => o.mutation === 'destructive');

describe('a command of a package', () => {
  const lines = `yarn cdk destroy
pnpm cdk destroy --force
pnpm --filter infra cdk destroy
yarn workspace infra cdk destroy
npm run cdk -- destroy
bun x cdk destroy
bun run cdk destroy
bunx aws-cdk@2 destroy
npx aws-cdk@latest destroy --force
npx --yes serverless@3 remove
npm exec -- aws-cdk@2 destroy
npm exec --yes -- cdk@latest destroy
pnpm dlx aws-cdk destroy
yarn dlx serverless@3.38.0 remove
yarn prisma migrate reset -f
pnpm wrangler d1 delete x
pnpm exec wrangler d1 delete x
uvx awscli s3 rb s3://x
uvx awscli==1.32.0 s3 rb s3://x --force
uv tool run awscli s3 rb s3://x
pipx run awscli s3 rb s3://x`.split('\n');

  for (const [place, text] of [['in a project whose scripts are known', scripts], ['where no script is known', undefined]] as const) {
    it(`is judged as the command itself ${place}`, () => {
      assert.deepEqual(lines.filter((line) => !destroys(line, text)), []);
    });
  }

  it('that only reads or builds is let go', () => {
    for (const line of ['yarn build', 'yarn cdk diff', 'npx aws-cdk@latest synth', 'npm run cdk -- list', 'pnpm add aws-cdk serverless', 'npm install wrangler prisma', 'bun run build', 'bun test', 'yarn remove serverless', 'yarn clean', 'uvx awscli s3 ls', 'bun index.ts', 'pnpm install --filter cdk']) {
      assert.deepEqual(detectCommand(line, { home: '/home/me', cwd: '/w', env: {}, readFile: (file) => (file === '/w/package.json' ? scripts : undefined) }).filter((o) => o.mutation === 'destructive' || o.mutation === 'unknown'), [], line);
    }
  });
});
