// What the compiler leaves out of dist/server: style sheets, scripts and pictures of the pages.
import { cpSync } from 'node:fs';

for (const folder of ['server/pages/assets']) cpSync(folder, `dist/${folder}`, { recursive: true });
