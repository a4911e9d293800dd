import { drawableFormats } from './subtitle-support';

const able = { OffscreenCanvas: class {}, Worker: class {}, WebAssembly };
const prototype: object = HTMLCanvasElement.prototype;

beforeAll(() => {
  Object.defineProperty(prototype, 'transferControlToOffscreen', { configurable: true, value: () => {} });
});
afterAll(() => {
  Reflect.deleteProperty(prototype, 'transferControlToOffscreen');
});

test('a browser with all of it draws scripts and pictures', () => {
  expect(drawableFormats(able)).toEqual(['vtt', 'ass', 'pgs']);
});

test('without WebAssembly, or where it is forbidden, scripts come as text', () => {
  expect(drawableFormats({ ...able, WebAssembly: undefined })).toEqual(['vtt', 'pgs']);
  const forbidden = {
    Module: class {
      constructor() {
        throw new Error('refused by the content security policy');
      }
    },
  };
  expect(drawableFormats({ ...able, WebAssembly: forbidden })).toEqual(['vtt', 'pgs']);
});

test('without a canvas for workers there is only text', () => {
  expect(drawableFormats({ Worker: class {}, WebAssembly })).toEqual(['vtt']);
  expect(drawableFormats({ OffscreenCanvas: class {}, WebAssembly })).toEqual(['vtt']);
});
