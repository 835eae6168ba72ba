import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Signal, signalBus } from './signals.ts';

const word = (label: string): Signal => ({
  type: 'multicast',
  authorId: 'ann@acme.test',
  recipients: [],
  content: 1,
  label,
});

describe('the bus of signals', () => {
  it('tells an organization’s signals to those who listen to it, in order, and to nobody else', () => {
    const bus = signalBus();
    const heard: unknown[] = [];
    const hear = (who: string) => (licenseId: number, signal: Signal) =>
      heard.push([who, licenseId, signal.type === 'multicast' ? signal.label : signal.type]);
    bus.subscribe(1, hear('one'));
    bus.subscribe(2, hear('two'));
    bus.subscribeToAll(hear('all'));
    bus.publish(1, [word('a'), word('b')]);
    bus.publish(3, [word('c')]);
    assert.deepEqual(heard, [
      ['one', 1, 'a'],
      ['all', 1, 'a'],
      ['one', 1, 'b'],
      ['all', 1, 'b'],
      ['all', 3, 'c'],
    ]);
  });

  it('ends one subscription and leaves another of the same listener', () => {
    const bus = signalBus();
    let heard = 0;
    const listener = () => void heard++;
    const end = bus.subscribe(1, listener);
    bus.subscribe(1, listener);
    end();
    end();
    bus.publish(1, [word('a')]);
    assert.equal(heard, 1);
  });

  it('goes on when a listener throws, or ends its subscription while it is told', () => {
    const failures: unknown[] = [];
    const bus = signalBus((error) => failures.push(error));
    const heard: string[] = [];
    const end = bus.subscribe(1, () => {
      end();
      throw new Error('broken');
    });
    bus.subscribe(1, () => void heard.push('second'));
    bus.publish(1, [word('a'), word('b')]);
    assert.equal(failures.length, 1);
    assert.deepEqual(heard, ['second', 'second']);
  });
});
