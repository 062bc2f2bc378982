import { tmpdir } from 'node:os';
import { accountOf, endProcess, findProgram, freePort, LOOPBACK, prepare, startServer, stopServer, temporaryFolder, writeTlsFiles, } from "./server-process.js";
const FOLDERS = [18, 17, 16, 15, 14, 13].map((version) => `/usr/lib/postgresql/${version}/bin`);
const USER = 'backlog';
export function hasPostgres() {
    return findProgram(['postgres'], FOLDERS) !== undefined;
}
/** A PostgreSQL of the machine's own, as its user `postgres` if we are root: it refuses to run as root. */
export async function startPostgres({ tls } = {}) {
    const [postgres, initdb, createdb] = ['postgres', 'initdb', 'createdb'].map((name) => findProgram([name], FOLDERS));
    if (!postgres || !initdb || !createdb)
        throw new Error('PostgreSQL is not installed: apt-get install postgresql');
    const account = accountOf('postgres');
    const folder = temporaryFolder(tmpdir(), account);
    prepare(initdb, ['-D', folder, '-U', USER, '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'], account);
    const port = await freePort();
    const args = [
        '-D',
        folder,
        '-p',
        String(port),
        '-h',
        LOOPBACK,
        '-k',
        '',
        '-c',
        'fsync=off',
        '-c',
        'max_connections=50',
        ...(tls ? tlsArguments(writeTlsFiles(folder, tls, account)) : []),
    ];
    let child = await startServer(postgres, args, port, account);
    prepare(createdb, ['-h', LOOPBACK, '-p', String(port), '-U', USER, '--maintenance-db=postgres', 'test']);
    return {
        host: LOOPBACK,
        port,
        user: USER,
        password: '',
        database: 'test',
        async crash() {
            await endProcess(child, 'SIGQUIT');
            child = await startServer(postgres, args, port, account);
        },
        close: () => stopServer(child, folder, 'SIGINT'),
    };
}
/** The authority is the certificate itself: who shows it too is known. */
function tlsArguments({ certFile, keyFile }) {
    const settings = ['ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`, `ssl_ca_file=${certFile}`];
    return settings.flatMap((setting) => ['-c', setting]);
}
