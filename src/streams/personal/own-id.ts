import type { SpaceReader } from '../resource.ts';

/** The number of the owner of the key. */
export async function ownId(reader: SpaceReader): Promise<number> {
  const { id } = await reader.get<{ readonly id: number }>('/users/myself');
  return id;
}
