/** Writes the tables of a study as Parquet, through DuckDB, which any other tool then reads. Loaded only when a study ends. */
import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import { describePlace } from './project.ts';
import { explainWriteFailure } from './write-failure.ts';

export type ColumnType = 'VARCHAR' | 'INTEGER' | 'BIGINT' | 'DOUBLE';

export interface Table {
  readonly name: string;
  readonly columns: Readonly<Record<string, ColumnType>>;
  /** Values in the order of the columns; undefined is NULL. */
  readonly rows: Iterable<readonly (string | number | undefined)[]>;
}

export async function writeParquet(folder: string, tables: readonly Table[]): Promise<void> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', temp_directory: '' });
  const connection = await instance.connect();
  try {
    for (const table of tables) {
      const path = `${folder}/${table.name}.parquet`;
      try {
        await fill(connection, table);
        await connection.run(`COPY ${quoteName(table.name)} TO ${quoteText(path)} (FORMAT parquet, COMPRESSION zstd)`);
      } catch (error) {
        throw explainWriteFailure(error, describePlace(path));
      }
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function fill(connection: DuckDBConnection, table: Table): Promise<void> {
  const types = Object.values(table.columns);
  const columns = Object.entries(table.columns).map(([name, type]) => `${quoteName(name)} ${type}`);
  await connection.run(`CREATE TABLE ${quoteName(table.name)} (${columns.join(', ')})`);
  const appender = await connection.createAppender(table.name);
  for (const row of table.rows) {
    for (const [index, type] of types.entries()) append(appender, type, row[index]);
    appender.endRow();
  }
  appender.closeSync();
}

function append(appender: DuckDBAppender, type: ColumnType, value: string | number | undefined): void {
  if (value === undefined || value === null) appender.appendNull();
  else if (type === 'VARCHAR') appender.appendVarchar(String(value));
  else if (type === 'INTEGER') appender.appendInteger(Number(value));
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(Math.round(Number(value))));
  else appender.appendDouble(Number(value));
}

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
