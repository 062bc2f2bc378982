import { type ApiRequest, BinaryBody } from '../http/route.ts';
import { existing, idAt } from './access.ts';

/** The attachment that the path names, out of these. Its bytes repeat its name, to the size that was told. */
export function download(
  request: ApiRequest,
  attachments: readonly { readonly id: number; readonly name: string; readonly size: number }[],
): BinaryBody {
  const wanted = idAt(request, 'attachment');
  return fileOf(
    existing(
      attachments.find(({ id }) => id === wanted),
      'attachment',
    ),
  );
}

export function fileOf({ name, size }: { readonly name: string; readonly size: number | null }): BinaryBody {
  return new BinaryBody(name, 'application/octet-stream', Buffer.alloc(size ?? 0, name));
}

/** One white pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  'base64',
);

export function picture(name: string): BinaryBody {
  return new BinaryBody(name, 'image/png', PIXEL);
}
