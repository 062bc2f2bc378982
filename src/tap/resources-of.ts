import type { ChildResource, Resource } from '../streams/resource.ts';
import { resources } from '../streams/resources.ts';

/** The resources that are read for a stream: the one that feeds it, and those along whose walk that one is read. */
export function resourcesOf(stream: string): readonly string[] {
  return resources.flatMap((resource) => pathTo(stream, resource));
}

function pathTo(stream: string, { name, streams, children = [] }: Resource | ChildResource): readonly string[] {
  if (streams.some((own) => own.name === stream)) return [name];
  const below = children.flatMap((child) => pathTo(stream, child));
  return below.length > 0 ? [name, ...below] : [];
}
