import { describe, expect, it } from 'vitest';
import type { Host } from '../../src/replicate/host.ts';
import { type JobFile, parseJobFile } from '../../src/replicate/job-file.ts';
import { ConfigurationError, describeError } from '../../src/runtime/errors.ts';
import { redact } from '../../src/runtime/secrets.ts';

const WINDOWS: Host = { environment: {}, platform: 'win32' };
const LINUX: Host = {
  environment: { KEY: 'k;"=\'', SPACE: 'env.backlog.com', ALL: 'URL=a;APIKey=key1' },
  platform: 'linux',
};

const WINDOWS_SAMPLE =
  '<?xml version="1.0" encoding="UTF-8" ?> <CDataSync> <DatabaseType>SQLite</DatabaseType> ' +
  '<DatabaseProvider>System.Data.SQLite</DatabaseProvider> ' +
  '<ConnectionString>APIKey=my_api_key;URL=my.backlog.url;</ConnectionString> <ReplicateAll>False</ReplicateAll> ' +
  '<NotificationUserName></NotificationUserName> ' +
  '<DatabaseConnectionString>Data Source=C:\\my.db</DatabaseConnectionString> ' +
  '<TaskSchedulerStartTime>09:51</TaskSchedulerStartTime> <TaskSchedulerInterval>Never</TaskSchedulerInterval> ' +
  '</CDataSync>';

const JAVA_SAMPLE = `<?xml version="1.0" encoding="UTF-8" ?>
<CDataSync>
  <DatabaseType>SQLite</DatabaseType>
  <DatabaseProvider>org.sqlite.JDBC</DatabaseProvider>
  <ConnectionString>ApiKey=my_api_key;Url=https://yourURL.backlog.com;</ConnectionString>
  <ReplicateAll>False</ReplicateAll>
  <NotificationUserName></NotificationUserName>
  <DatabaseConnectionString>Data Source=C:\\my.db</DatabaseConnectionString>
</CDataSync>
`;

interface Parts {
  readonly source?: string;
  readonly destination?: string;
  readonly type?: string;
  readonly provider?: string;
  readonly more?: string;
}

function job(parts: Parts, host: Host = LINUX): JobFile {
  const element = (name: string, text: string | undefined) =>
    text === undefined ? '' : `\n<${name}>${text}</${name}>`;
  const xml = [
    '<CDataSync>',
    element('DatabaseType', parts.type ?? 'SQLite'),
    element('DatabaseProvider', parts.provider),
    element('ConnectionString', parts.source ?? 'URL=s.backlog.com;APIKey=some-key'),
    element('DatabaseConnectionString', parts.destination ?? 'Data Source=my.db'),
    parts.more ?? '',
    '\n</CDataSync>',
  ].join('');
  return parseJobFile(xml, 'job.xml', host);
}

function failure(action: () => unknown): ConfigurationError {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('the job files of the article', () => {
  it('are read in the Windows flavour, on one line', () => {
    expect(parseJobFile(WINDOWS_SAMPLE, 'job.xml', WINDOWS)).toStrictEqual({
      path: 'job.xml',
      databaseType: 'sqlite',
      source: { apiKey: 'my_api_key', url: 'my.backlog.url' },
      destination: { type: 'sqlite', database: 'C:\\my.db' },
      replicateAll: false,
      schedule: { startTime: '09:51', interval: 'Never' },
      notices: [],
    });
  });

  it('are read in the Java flavour, on several lines', () => {
    expect(parseJobFile(JAVA_SAMPLE, 'job.xml', WINDOWS)).toStrictEqual({
      path: 'job.xml',
      databaseType: 'sqlite',
      source: { apiKey: 'my_api_key', url: 'https://yourURL.backlog.com' },
      destination: { type: 'sqlite', database: 'C:\\my.db' },
      replicateAll: false,
      notices: [],
    });
  });

  it('say on another system what to write in place of the Windows path', () => {
    const error = failure(() => parseJobFile(JAVA_SAMPLE, 'job.xml', LINUX));
    expect(error).toMatchObject({ code: 'config.windows-path', path: 'job.xml:8:29' });
    expect(describeError(error, 'en')).toContain('Data Source=./my.db');
  });
});

describe('the XML', () => {
  it('may name its elements in any case and order, and leave out all but three', () => {
    const xml =
      '<cdatasync><databaseconnectionstring>data source=a.db</databaseconnectionstring>' +
      '<CONNECTIONSTRING>url=s;apikey=key2</CONNECTIONSTRING><databaseTYPE>sqlite</databaseTYPE></cdatasync>';
    expect(parseJobFile(xml, 'job.xml', LINUX)).toMatchObject({
      source: { url: 's', apiKey: 'key2' },
      destination: { database: 'a.db' },
      replicateAll: false,
    });
  });

  it('may begin with a byte-order mark and blank lines, and hold comments and CDATA', () => {
    const xml = `\uFEFF\r\n\r\n${JAVA_SAMPLE.replace('ApiKey=my_api_key;', '<!-- ; --><![CDATA[ApiKey="a&b";]]>')}`;
    expect(parseJobFile(xml, 'job.xml', WINDOWS).source.apiKey).toBe('a&b');
    const broken = xml.replace('C:\\my.db', '');
    expect(failure(() => parseJobFile(broken, 'job.xml', WINDOWS)).path).toBe('job.xml:10:29');
  });

  it('has its entities decoded before the connection string is read', () => {
    expect(job({ source: 'URL=s;APIKey=&quot;a&amp;b;&#x63;&quot;' }).source.apiKey).toBe('a&b;c');
  });

  it.each(['True', 'true', '1', 'yes', ' YES '])('takes %s for true', (text) => {
    expect(job({ more: `<ReplicateAll>${text}</ReplicateAll>` }).replicateAll).toBe(true);
  });

  it.each(['False', 'false', '0', 'no', ''])('takes %s for false', (text) => {
    expect(job({ more: `<ReplicateAll>${text}</ReplicateAll>` }).replicateAll).toBe(false);
  });

  it('keeps the mail account and the schedule', () => {
    const more =
      '<NotificationUserName>me@example.com</NotificationUserName><TaskSchedulerInterval>Daily</TaskSchedulerInterval>';
    expect(job({ more })).toMatchObject({ notificationUserName: 'me@example.com', schedule: { interval: 'Daily' } });
  });

  it('tells of each element that it does not know, with the nearest key', () => {
    const more =
      '\n<ReplicatAll>True</ReplicatAll>\n<Weather>fine</Weather>\n<NotificationServer>x</NotificationServer>';
    expect(job({ more }).notices.map((notice) => notice.en)).toStrictEqual([
      'job.xml:5:1: unknown element <ReplicatAll> is ignored; did you mean <ReplicateAll>?',
      'job.xml:6:1: unknown element <Weather> is ignored',
      'job.xml:7:1: <NotificationServer> is ignored; mail is set up in the options of backlog-sync',
    ]);
  });

  it.each([
    ['', 'job.xml:1:1', 'job-file.malformed'],
    ['nothing', 'job.xml:1:8', 'job-file.malformed'],
    ['<CDataSync>', 'job.xml:1:11', 'job-file.malformed'],
    ['<CDataSync>\n<A></B>\n</CDataSync>', 'job.xml:2:7', 'job-file.malformed'],
    ['<CDataSync>\n <A>x & y</A></CDataSync>', 'job.xml:2:25', 'job-file.malformed'],
    ['<CDataSync>&nbsp;</CDataSync>', 'job.xml:1:17', 'job-file.malformed'],
    ['<CDataSync>\n  stray\n</CDataSync>', 'job.xml:3:1', 'job-file.stray-text'],
    ['<Job></Job>', 'job.xml:1:1', 'job-file.root'],
    ['<CDataSync>\n<A><B/></A></CDataSync>', 'job.xml:2:4', 'job-file.nested'],
    ['<CDataSync>\n<ReplicateAll/>\n <replicateall/></CDataSync>', 'job.xml:3:2', 'job-file.repeated'],
    ['<CDataSync>\n</CDataSync>', 'job.xml:1:1', 'config.missing'],
    ['<CDataSync>\n <ConnectionString> </ConnectionString></CDataSync>', 'job.xml:2:2', 'config.missing'],
  ])('%j is refused with its place', (xml, path, code) => {
    expect(failure(() => parseJobFile(xml, 'job.xml', LINUX))).toMatchObject({ path, code });
  });

  it('refuses a flag that is neither true nor false', () => {
    expect(failure(() => job({ more: '\n<ReplicateAll>maybe</ReplicateAll>' }))).toMatchObject({
      path: 'job.xml:5:15',
      message: '<ReplicateAll> must be True or False',
    });
  });
});

describe('the source', () => {
  it('takes what our reader needs', () => {
    const source =
      "URL=s.backlog.jp;APIKey=other-1;AuthScheme=APIToken;Timeout=30;BudgetShare=0.5;ProjectKeys='BLG, WEB';" +
      'Start Date=2024-01-01;Tables=Issues,Projects;Views=Space;User Agent=me/1;' +
      'ReconcileEveryDays=7;ReconcileComments=False;RereadCommentsDays=3;MastersEveryHours=12.5;ProxyServer=proxy.local;ProxyPort=3128;ProxyUser=u;ProxyPassword=p@ss';
    expect(job({ source })).toMatchObject({
      source: {
        url: 's.backlog.jp',
        apiKey: 'other-1',
        timeoutSeconds: 30,
        budgetShare: 0.5,
        projectKeys: ['BLG', 'WEB'],
        startDate: '2024-01-01',
        reconcileEveryDays: 7,
        reconcileComments: false,
        rereadCommentsDays: 3,
        mastersEveryHours: 12.5,
        tables: ['Issues', 'Projects', 'Space'],
        userAgent: 'me/1',
        proxyUrl: 'http://u:p%40ss@proxy.local:3128',
      },
      notices: [],
    });
  });

  it('reads a time-out of zero as a very long one', () => {
    expect(job({ source: 'URL=s;APIKey=some-key;Timeout=0' }).source.timeoutSeconds).toBe(86_400);
  });

  it('leaves the proxy to the system where the string says so', () => {
    const source = 'URL=s;APIKey=some-key;ProxyAutoDetect=true;ProxyServer=p';
    expect(job({ source }).source).toStrictEqual({ url: 's', apiKey: 'some-key' });
  });

  it('tells once of everything that has no effect, and of each name that it does not know', () => {
    const source = "URL=s;APIKey=some-key;Pagesize=50;Log File=x;Other='a=b;c=d';Projectkey=A;Colour=red;";
    expect(job({ source }).notices.map((notice) => notice.en)).toStrictEqual([
      'job.xml:3:41: these properties have no effect here: Pagesize, Log File, Other',
      'job.xml:3:80: unknown property Projectkey is ignored; did you mean ProjectKeys?',
      'job.xml:3:93: unknown property Colour is ignored',
    ]);
  });

  it.each([
    ['APIKey=some-key', 'URL is missing in <ConnectionString>'],
    ['URL=;APIKey=some-key', 'URL is missing in <ConnectionString>'],
    ['URL=s', 'APIKey is missing in <ConnectionString>'],
    ['URL=s;AuthScheme=OAuth', 'signing in with OAuth is not supported yet'],
    ['URL=s;InitiateOAuth=GETANDREFRESH;OAuthClientId=x', 'signing in with OAuth is not supported yet'],
    ['URL=s;APIKey=some-key;AuthScheme=Basic', 'signing in with Basic is not supported yet'],
    ['URL=s;APIKey=some-key;Timeout=soon', 'Timeout must be a number from 0 to 86400'],
    ['URL=s;APIKey=some-key;BudgetShare=2', 'BudgetShare must be a number from 0.01 to 1'],
    ['URL=s;APIKey=some-key;MastersEveryHours=-1', 'MastersEveryHours must be a number from 0 to 87600'],
    ['URL=s;APIKey={env:NOPE}', 'the environment variable NOPE is not set'],
  ])('%s is refused', (source, message) => {
    expect(failure(() => job({ source }))).toMatchObject({ message });
  });

  it('is filled from the environment, value by value or whole', () => {
    expect(job({ source: 'URL=https://{env:SPACE}/;APIKey={env:KEY}' }).source).toStrictEqual({
      url: 'https://env.backlog.com/',
      apiKey: 'k;"=\'',
    });
    expect(job({ source: ' {env:ALL} ' }).source).toStrictEqual({ url: 'a', apiKey: 'key1' });
  });

  it('has its secrets hidden from then on, and never shows them in its own errors', () => {
    job({ source: 'URL=s;APIKey=top-secret-1;ProxyServer=p;ProxyPassword=top-secret-2' });
    expect(redact('top-secret-1 top-secret-2')).toBe('*** ***');
    const error = failure(() => job({ source: 'APIKey=top-secret-3;Timeout=soon' }));
    expect(describeError(error, 'en') + describeError(error, 'ja')).not.toContain('top-secret-3');
  });
});

describe('the destination', () => {
  it.each([
    ['Data Source=my.db', 'my.db'],
    ['data source="a;b.db";Version=3', 'a;b.db'],
    ['DataSource=/data/my.db;', '/data/my.db'],
    ['Data Source=:memory:', ':memory:'],
    ['Data Source=:memory', ':memory:'],
    ['jdbc:sqlite:/data/my.db', '/data/my.db'],
    ['jdbc:sqlite:my.db', 'my.db'],
    ['jdbc:sqlite::memory:', ':memory:'],
    ['jdbc:sqlite:Data Source=my.db', 'my.db'],
    ['JDBC:SQLite:file:///data/my.db?cache=shared', '/data/my.db'],
    ['Data Source={env:SPACE}', 'env.backlog.com'],
  ])('%s is a SQLite file', (destination, database) => {
    expect(job({ destination }).destination).toStrictEqual({ type: 'sqlite', database });
  });

  it.each(['SQLite', 'sqlite', 'SQLite3', ' SQLITE '])('may be of type %s', (type) => {
    expect(job({ type }).databaseType).toBe('sqlite');
  });

  it.each(['System.Data.SQLite', 'org.sqlite.JDBC', 'Microsoft.Data.Sqlite', 'com.example.Unknown', ''])(
    'may name the provider %s',
    (provider) => {
      expect(job({ provider }).databaseType).toBe('sqlite');
    },
  );

  it.each([
    ['MySQL', 'MySql.Data.MySqlClient', 'mysql'],
    ['MySQL', 'com.mysql.jdbc.Driver', 'mysql'],
    ['MySQL', 'com.mysql.cj.jdbc.Driver', 'mysql'],
    ['MariaDB', 'cdata.jdbc.mysql.MySQLDriver', 'mysql'],
    ['PostgreSQL', 'Npgsql', 'postgres'],
    ['Postgres', 'org.postgresql.Driver', 'postgres'],
    ['', 'Npgsql', 'postgres'],
  ])('recognises %s with %s', (type, provider, databaseType) => {
    expect(job({ type, provider, destination: 'Database=d' }).databaseType).toBe(databaseType);
  });

  it('is recognised by its address alone', () => {
    expect(job({ type: '', destination: 'jdbc:sqlite:my.db' }).databaseType).toBe('sqlite');
  });

  it.each([
    ['mysql', 'Server=h;Port=3307;Database=d;User=u;Password=p1234;', { port: 3307 }],
    ['mysql', 'Server=h;Database=d;Uid=u;Pwd=p1234;SslMode=Required', { port: 3306, sslMode: 'Required' }],
    ['mysql', 'jdbc:mysql:User=u;Password=p1234;Server=h;Port=3306;Database=d', { port: 3306 }],
    ['mysql', 'jdbc:mysql://h:3306/d?user=u&amp;password=p1234', { port: 3306 }],
    ['mysql', 'jdbc:mariadb://h/d?user=u&amp;password=p1234', { port: 3306 }],
    ['postgres', 'Host=h;Port=5433;Database=d;Username=u;Password=p1234', { port: 5433 }],
    ['postgres', 'Server=h;Database=d;User Id=u;Password=p1234', { port: 5432 }],
    [
      'postgres',
      'jdbc:postgresql://h:5432/d?user=u&amp;password=p1234&amp;sslmode=require',
      { port: 5432, sslMode: 'require' },
    ],
    ['postgres', 'postgresql://u:p1234@h/d', { port: 5432 }],
    [
      'postgres',
      'Host=h;Database=d;Username=u;Password=p1234;Search Path=s;Root Certificate=ca.pem;SSL Certificate=me.pem;SSL Key=me.key',
      { port: 5432, schema: 's', sslCa: 'ca.pem', sslCertificate: 'me.pem', sslKey: 'me.key' },
    ],
    [
      'mysql',
      'Server=h;Database=d;Uid=u;Pwd=p1234;SslMode=VerifyCA;SslCa=ca.pem;SslCert=me.pem;SslKey=me.key',
      { port: 3306, sslMode: 'VerifyCA', sslCa: 'ca.pem', sslCertificate: 'me.pem', sslKey: 'me.key' },
    ],
    [
      'postgres',
      'jdbc:postgresql://h/d?user=u&amp;password=p1234&amp;currentSchema=s&amp;sslrootcert=ca.pem',
      { port: 5432, schema: 's', sslCa: 'ca.pem' },
    ],
  ])('%s: %s', (type, destination, fields) => {
    expect(job({ type, destination }).destination).toStrictEqual({
      type,
      host: 'h',
      database: 'd',
      user: 'u',
      password: 'p1234',
      ...fields,
    });
  });

  it.each([
    ['SQLServer', undefined, 'x', 'SQLServer is not supported as a destination'],
    ['Oracle', undefined, 'x', 'Oracle is not supported as a destination'],
    ['', 'System.Data.SqlClient', 'x', 'System.Data.SqlClient is not supported as a destination'],
    ['SQLite', 'Npgsql', 'x', 'DatabaseProvider Npgsql does not belong to DatabaseType SQLite'],
    ['', '', 'Data Source=x', '<DatabaseType> is missing or empty'],
    ['SQLite', undefined, 'Version=3', 'Data Source is missing in <DatabaseConnectionString>'],
    ['SQLite', undefined, 'my.db', 'expected Name=Value'],
    ['SQLite', undefined, 'Data Source=a;Password=p1234', 'encrypted SQLite files are not supported'],
    ['SQLite', undefined, 'Data Source=data\\my.db', 'data\\my.db is a Windows path, but this system is linux'],
    ['MySQL', undefined, 'Server=h', 'Database is missing in <DatabaseConnectionString>'],
    ['MySQL', undefined, 'jdbc:mysql://h:99999999/', 'the address of the database cannot be understood'],
    ['PostgreSQL', undefined, 'jdbc:postgresql://h', 'the address of the database cannot be understood'],
  ])('type %j, provider %j, string %j is refused', (type, provider, destination, message) => {
    const parts = { type, destination, ...(provider !== undefined && { provider }) };
    expect(failure(() => job(parts))).toMatchObject({ message });
  });

  it('says which databases are supported', () => {
    expect(
      describeError(
        failure(() => job({ type: 'SQL Server' })),
        'en',
      ),
    ).toContain('SQLite, PostgreSQL and MySQL');
  });
});
