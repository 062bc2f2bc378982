import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { DEMO } from '../../src/sandbox/seed/seed-world.ts';
import type { World } from '../../src/sandbox/world/world.ts';
import { enrichFamilies } from '../streams/enrich-families.ts';

/** The demo space with so many issues that each project needs several pages, and with what the demo has none of. */
export async function startRicherDemo(issues = 330): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: { ...DEMO, issues }, budgets: { read: 1e6, search: 1e6 } });
  enrichFamilies(sandbox.world);
  enrich(sandbox.world);
  return sandbox;
}

function enrich(world: World): void {
  const [one, other] = [...world.issues.heads()];
  if (!one || !other) throw new Error('the demo has no issues');
  const link = { type: 'GoogleDrive', url: 'https://example.test/9', title: '図面' };
  world.addExternalLink(one.id, link);
  world.addExternalLink(one.id, { ...link, url: 'https://example.test/10' });
  world.addAttachment(one.id, { name: '図面.pdf', size: 12_345 });
  for (let count = 0; count < 205; count += 1) world.addComment(other.id, { content: `${count}: もう一言 💬` });
  for (const id of linkedFiles(world)) world.updateSharedFile(id, 54_321);
  fillDateField(world);
}

/** One that an issue and one that a wiki page links. */
function linkedFiles(world: World): readonly number[] {
  const ofIssues = [...world.issues.heads()].flatMap(({ id }) => world.issues.get(id)?.sharedFileIds ?? []);
  const ofPages = [...world.wikis.values()].flatMap(({ sharedFileIds }) => sharedFileIds);
  return [...ofIssues.slice(0, 1), ...ofPages.slice(0, 1)];
}

function fillDateField(world: World): void {
  const fields = [...world.masters.values()].flatMap(({ customFields }) => customFields);
  for (const { id, projectId, date } of fields) {
    if (!date) continue;
    const initialDate = { id: 3, shift: null, date: '2026-03-31' };
    world.updateCustomField(projectId, id, { date: { ...date, max: '2026-12-31', initialDate } });
    return;
  }
}
