// Runs Lighthouse's phone over pages in one Chromium: node lighthouse.mjs CHROMIUM OPTIONS ADDRESS… gives a JSON line a page.
import {launch} from 'chrome-launcher';
import lighthouse from 'lighthouse';

const [chromePath, options, ...addresses] = process.argv.slice(2);
const {chromeFlags, settings} = JSON.parse(options);
const chrome = await launch({chromePath, chromeFlags, logLevel: 'silent', maxConnectionRetries: 240});
try {
  for (const address of addresses) {
    const {lhr} = await lighthouse(address, {port: chrome.port, logLevel: 'error', ...settings});
    const points = Object.fromEntries(Object.values(lhr.categories).map(one => [one.id, Math.round(100 * one.score)]));
    const faults = Object.values(lhr.audits).filter(one => one.score !== null && one.score < 0.9)
      .map(one => `${one.id} ${one.score} ${one.displayValue ?? ''}`);
    const requests = lhr.audits['network-requests']?.details.items ?? [];
    const bytes = requests.reduce((sum, one) => sum + one.resourceSize, 0);
    console.log(JSON.stringify({address, points, faults, requests: requests.length, bytes,
      power: lhr.environment.benchmarkIndex, error: lhr.runtimeError?.message ?? ''}));
  }
} finally {
  await chrome.kill();
}
