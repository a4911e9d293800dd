/** Runs something of the built SDK; says in words what the author can change. */
import { existsSync } from 'node:fs';

export async function inSdk(file, work) {
  const built = new URL(`../dist/${file}`, import.meta.url);
  if (!existsSync(built)) {
    console.error('The SDK is not built yet. In the folder of Hearth: npm run build -- --only contract,sdk');
    process.exit(1);
  }
  const { ProjectFault } = await import('../dist/project.js');
  try {
    await work(await import(built.href));
  } catch (error) {
    if (error instanceof ProjectFault) console.error(error.message);
    else console.error(error);
    process.exitCode = 1;
  }
}
