import type { Text } from '../runtime/text.ts';
import type { Host } from './host.ts';
import { ConnectionProperties, fillIn } from './job/connection-properties.ts';
import { readServer, readServerUrl, type ServerConnection } from './job/server-connection.ts';
import { readSqlite, readSqlitePath, type SqliteConnection } from './job/sqlite-connection.ts';
import { SourceText } from './source-text.ts';

export type DestinationConnection = SqliteConnection | ServerConnection;

export type DatabaseType = DestinationConnection['type'];

export interface DestinationReading {
  readonly connection: DestinationConnection;
  readonly notices: readonly Text[];
}

/** Reads either a list of properties, with or without `jdbc:…:` before it, or a `jdbc:` address or path. */
export function readDestination(type: DatabaseType, written: SourceText, host: Host): DestinationReading {
  const scheme = /^\s*(?:jdbc:(?:sqlite|mysql|mariadb|postgresql):|(?=(?:mysql|postgres|postgresql):\/\/))/i.exec(
    written.text,
  );
  const rest = scheme === null ? written.text : written.text.slice(scheme[0].length);
  if (scheme !== null && !/^[\w ]+=/.test(rest)) {
    return {
      connection: readAddress(type, fillIn(rest.trim(), host.environment, written.placeOf(0)), written, host),
      notices: [],
    };
  }
  const properties = new ConnectionProperties(
    new SourceText(written.path, rest, written.positionAt(written.text.length - rest.length)),
    host.environment,
  );
  const connection = type === 'sqlite' ? readSqlite(properties, host.platform) : readServer(type, properties);
  return { connection, notices: unusedNotices(properties) };
}

function readAddress(type: DatabaseType, address: string, written: SourceText, host: Host): DestinationConnection {
  const place = written.placeOf(0);
  return type === 'sqlite' ? readSqlitePath(address, host.platform, place) : readServerUrl(type, address, place);
}

function unusedNotices(properties: ConnectionProperties): readonly Text[] {
  const { unused } = properties;
  if (unused.length === 0) return [];
  const place = properties.placeOf(unused[0] ?? '');
  const list = unused.join(', ');
  return [
    {
      en: `${place}: these properties have no effect here: ${list}`,
      ja: `${place}: 次のプロパティはここでは効果がありません: ${list}`,
    },
  ];
}
