import { MemorySegmentStore } from '../../../../tests/support/memory-segment-store.js';
import { segmentStoreContract } from './segment-store.contract.js';

describe('the segment store of the tests', () =>
  segmentStoreContract((capacity) => {
    const store = new MemorySegmentStore(capacity);
    return Promise.resolve({ store, stored: () => Promise.resolve(store.bytes) });
  }));
