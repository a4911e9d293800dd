import { cameraOf, localTimeOf } from '../tags/photo-tags.js';
import { placePhoto, timeInName } from './place-photo.js';

test.each([
  ['IMG_20240701_183005.jpg', '2024-07-01T18:30:05'],
  ['PXL_20240701_183005123.jpg', '2024-07-01T18:30:05'],
  ['2024-07-01 18.30.05.jpg', '2024-07-01T18:30:05'],
  ['IMG-20240701-WA0007.jpg', '2024-07-01T12:00:00'],
  ['Screenshot 2024-07-01 at 18.30.05.png', '2024-07-01T18:30:05'],
  ['20240231.jpg', null],
  ['DSC01234.jpg', null],
  ['123456789012345.jpg', null],
])('%s was taken at %s', (name, time) => expect(timeInName(name)).toBe(time));

test.each([
  ['2024:07:01 18:30:05', '2024-07-01T18:30:05'],
  ['2024-07-01T18:30', '2024-07-01T18:30:00'],
  ['0000:00:00 00:00:00', null],
  ['2024:02:31 10:00:00', null],
  ['    :  :     :  :  ', null],
  [undefined, null],
])('EXIF’s %s is %s', (text, time) => expect(localTimeOf(text)).toBe(time));

test.each([
  ['Canon', 'Canon EOS R6', 'Canon EOS R6'],
  ['NIKON CORPORATION', 'NIKON D90', 'NIKON D90'],
  ['Apple', 'iPhone 15', 'Apple iPhone 15'],
  ['Sony', undefined, 'Sony'],
  [undefined, undefined, null],
])('%s and %s are a %s', (make, model, camera) => expect(cameraOf(make, model)).toBe(camera));

test('a photo is in the album of its folder; of its times the camera’s, the name’s, the file’s, in this order', () => {
  const tags = { takenAt: null, camera: null, width: 3, height: 2 };
  const context = {
    path: 'Trips/Lake/a.jpg',
    folderId: 'f',
    folderName: 'Photos',
    modifiedMs: Date.UTC(2020, 1, 3),
  };
  expect(placePhoto(tags, context)).toMatchObject({
    name: 'a',
    takenAt: '2020-02-03T00:00:00',
    album: { identity: 'f/Trips/Lake', name: 'Lake' },
  });
  const named = { ...context, path: 'IMG_20240701_183005.jpg' };
  expect(placePhoto(tags, named)).toMatchObject({
    takenAt: '2024-07-01T18:30:05',
    album: { name: 'Photos' },
  });
  expect(placePhoto({ ...tags, takenAt: '2001-01-01T00:00:00' }, named).takenAt).toBe('2001-01-01T00:00:00');
  expect(placePhoto(tags, { ...context, modifiedMs: 1e300 }).takenAt).toMatch(/^9999/);
});
