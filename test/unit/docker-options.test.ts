import assert from 'node:assert/strict';
import { detectCommand } from '../../src/detect/detect';

const destroys = (line: string): boolean => detectCommand(line, { home: '/home/me', cwd: '/home/me/work', env: {} }).some((o) => o.mutation === 'destructive' || o.mutation === 'unknown');

describe('docker', () => {
  it('finds the command behind options of compose that take a value', () => {
    for (const line of ['docker compose --profile x down -v', 'docker compose -f a.yml down -v', 'docker compose -p app --profile x --env-file .env down --volumes', 'docker compose --file a.yml -p x down -v', 'docker-compose --profile x down -v', 'docker --context prod compose --profile x down -v', 'docker compose --ansi never --progress plain --parallel 4 down -v', 'docker compose --project-directory . rm -v']) assert.ok(destroys(line), line);
    for (const line of ['docker compose --profile x up -d', 'docker compose -f a.yml ps', 'docker compose --profile x down', 'docker compose logs -f web', 'docker compose exec -T db ls']) assert.ok(!destroys(line), line);
  });

  it('judges what a container does to a volume or a folder that is mounted in it', () => {
    for (const line of ['docker run -v data:/d alpine rm -rf /d', 'docker run --rm -v data:/d alpine rm -rf /d/*', "docker run --rm -v data:/d alpine sh -c 'rm -rf /d/*'", 'docker run --mount type=volume,source=data,target=/d alpine rm -rf /d', 'docker run --volume=data:/var/lib/x:rw alpine rm -rf /var/lib/x', "docker run -v data:/d alpine find /d -delete"]) assert.ok(destroys(line), line);
    for (const line of ['docker run --rm alpine rm -rf /d', 'docker run --rm -v data:/d alpine ls /d', 'docker run --rm -v data:/d alpine rm -rf /tmp/x', 'docker run --rm -v data:/d:ro alpine cat /d/x']) assert.ok(!destroys(line), line);
  });
});
