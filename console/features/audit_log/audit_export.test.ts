import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { AuditEntry } from '../../api/audit_types.ts';
import { asCsv, asJsonLines } from './audit_export.ts';

const entry: AuditEntry = {
  id: '1',
  at: '2026-01-31T07:11:28.288340Z',
  action: 'app.created',
  actor: { id: 'a-1', name: '=HYPERLINK("http://x")', email: 'olga@example.test' },
  app: { id: 'p-1', name: 'List, "Chats"' },
  ip: '192.0.2.1',
  request_id: 'r-1',
  detail: { app_name: 'List, "Chats"' },
};

it('the audit log as CSV quotes what needs it, and lets no name run as a formula', () => {
  const [heading, row, end] = asCsv([entry]).split('\r\n');
  assert.equal(heading, 'at,action,actor_id,actor_name,actor_email,app_id,app_name,ip,request_id,detail');
  assert.equal(
    row,
    `2026-01-31T07:11:28.288340Z,app.created,a-1,"'=HYPERLINK(""http://x"")",olga@example.test,p-1,"List, ""Chats""",192.0.2.1,r-1,"{""app_name"":""List, \\""Chats\\""""}"`,
  );
  assert.equal(end, '');
});

it('the audit log as JSON lines has one entry a line', () => {
  const lines = asJsonLines([entry, entry]).trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [entry, entry],
  );
});
