/** Endings of the tables that the server reads, without dots. */
export const textTables = ['csv', 'tsv', 'tab', 'jsonl', 'ndjson'];

/** Those that no text editor can show. */
export const binaryTables = ['parquet', 'pq', 'arrow', 'arrows', 'feather'];

/** Tables by their names. */
export const tableFile = new RegExp(`\\.(${[...textTables, ...binaryTables].join('|')})$`, 'i');

/** Tables that a text editor shows. */
export const textTableFile = new RegExp(`\\.(${textTables.join('|')})$`, 'i');
