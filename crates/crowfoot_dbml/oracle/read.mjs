// Reads DBML files with the reference implementation and prints, as one JSON object on standard
// output, what it understood of each: tables with columns, refs, enums, or the errors.
import { readFileSync } from 'node:fs';
import * as core from '@dbml/core';

const schemaOf = (name) => (name === undefined || name === null || name === 'public' ? null : name);

function column(field) {
  return {
    name: field.name,
    type: field.type.type_name,
    typeSchema: schemaOf(field.type.schemaName),
    pk: Boolean(field.pk),
    unique: Boolean(field.unique),
    notNull: Boolean(field.not_null),
    increment: Boolean(field.increment),
    default: field.dbdefault ?? null,
    note: field.note || null,
  };
}

function endpoint(end) {
  return {
    schema: schemaOf(end.schemaName),
    table: end.tableName,
    columns: end.fieldNames,
    relation: end.relation,
  };
}

function read(path) {
  try {
    const database = new core.Parser().parse(readFileSync(path, 'utf8'), 'dbmlv2');
    const found = { tables: [], refs: [], enums: [], groups: [], errors: [] };
    for (const schema of database.schemas) {
      for (const table of schema.tables) {
        found.tables.push({
          schema: schemaOf(schema.name),
          name: table.name,
          columns: table.fields.map(column),
          indexes: table.indexes.map((index) => ({
            name: index.name ?? null,
            pk: Boolean(index.pk),
            unique: Boolean(index.unique),
            type: index.type ?? null,
            columns: index.columns.map((part) => ({ type: part.type, value: part.value })),
          })),
          note: table.note || null,
        });
      }
      for (const ref of schema.refs) {
        found.refs.push({
          name: ref.name ?? null,
          ends: ref.endpoints.map(endpoint),
          onDelete: ref.onDelete ?? null,
          onUpdate: ref.onUpdate ?? null,
        });
      }
      for (const item of schema.enums) {
        found.enums.push({
          schema: schemaOf(schema.name),
          name: item.name,
          values: item.values.map((value) => value.name),
        });
      }
      for (const group of schema.tableGroups) {
        found.groups.push({ name: group.name, tables: group.tables.map((table) => table.name) });
      }
    }
    return found;
  } catch (error) {
    const diags = error.diags ?? [{ message: String(error), location: { start: {} } }];
    return {
      tables: [],
      refs: [],
      enums: [],
      groups: [],
      errors: diags.map(
        (it) => `${it.location?.start?.line}:${it.location?.start?.column} ${it.message}`.toWellFormed(),
      ),
    };
  }
}

const result = {};
for (const path of process.argv.slice(2)) result[path] = read(path);
process.stdout.write(JSON.stringify(result));
