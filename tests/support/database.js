import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { loadConfig } from '../../server/src/config/config.js';
import { dataSourceOptions, tuneSqlite } from '../../server/src/database/data-source.js';
import { Database } from '../../server/src/database/database.js';
/**
 * Opens and migrates a real database as the server does.
 * @param place PostgreSQL by `url`, else SQLite in `directory`; without either, SQLite in a directory of its own
 */
export async function openTestDatabase(entities, place = {}) {
    const directory = place.directory ?? (await mkdtemp(join(tmpdir(), 'hearth-database-')));
    const config = loadConfig({ DATA_DIR: directory, DATABASE_URL: place.url ?? '' }, []);
    const options = { ...dataSourceOptions(config), entities };
    const writer = await new DataSource(options).initialize();
    if (!place.url)
        await tuneSqlite(writer, 'writer');
    await writer.runMigrations();
    const reader = place.url ? writer : await new DataSource({ ...options, migrations: [] }).initialize();
    const database = new Database(writer, reader);
    const close = async () => {
        await database.close();
        if (!place.directory)
            await rm(directory, { recursive: true, force: true });
    };
    return { database, directory, close };
}
//# sourceMappingURL=database.js.map