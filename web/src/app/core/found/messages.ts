import { defineMessages } from '../i18n/messages';

export const foundMessages = defineMessages(
  {
    inLibrary: 'in your library',
    rowName: '{name} · {provider}',
    asked: {
      one: '{answered} of {count} provider answered',
      other: '{answered} of {count} providers answered',
    },
    answered: { one: '{count} provider answered', other: '{count} providers answered' },
    part: '{name}: {state}',
    asking: 'is still being asked',
    answeredPart: { one: '{count} found', other: '{count} found' },
    failed: 'did not answer',
    late: 'is late; what it finds comes next time',
    resting: 'rests after failures',
  },
  {
    inLibrary: 'in deiner Bibliothek',
    rowName: '{name} · {provider}',
    asked: {
      one: '{answered} von {count} Anbieter hat geantwortet',
      other: '{answered} von {count} Anbietern haben geantwortet',
    },
    answered: { one: '{count} Anbieter hat geantwortet', other: '{count} Anbieter haben geantwortet' },
    part: '{name}: {state}',
    asking: 'wird noch gefragt',
    answeredPart: { one: '{count} gefunden', other: '{count} gefunden' },
    failed: 'hat nicht geantwortet',
    late: 'ist spät dran; was er findet, kommt beim nächsten Mal',
    resting: 'ruht nach Fehlern',
  },
);
