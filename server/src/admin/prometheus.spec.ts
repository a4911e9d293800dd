import { histogramSamples, prometheusText } from './prometheus.js';

test('values, labels that need escaping, and a histogram, as Prometheus reads them', () => {
  const text = prometheusText([
    { name: 'hearth_up', type: 'gauge', help: 'It\nruns \\ well.', samples: [{ value: 1 }] },
    {
      name: 'hearth_problems_total',
      type: 'counter',
      help: 'By code.',
      samples: [{ labels: { code: 'A"B\\C\nD' }, value: 2 }],
    },
    {
      name: 'hearth_wait_seconds',
      type: 'histogram',
      help: 'Waits.',
      samples: histogramSamples(
        { buckets: [{ le: 0.5, count: 1 }], count: 3, sum: 4.25 },
        { method: 'remux' },
      ),
    },
  ]);
  expect(text).toBe(`# HELP hearth_up It\\nruns \\\\ well.
# TYPE hearth_up gauge
hearth_up 1
# HELP hearth_problems_total By code.
# TYPE hearth_problems_total counter
hearth_problems_total{code="A\\"B\\\\C\\nD"} 2
# HELP hearth_wait_seconds Waits.
# TYPE hearth_wait_seconds histogram
hearth_wait_seconds_bucket{method="remux",le="0.5"} 1
hearth_wait_seconds_bucket{method="remux",le="+Inf"} 3
hearth_wait_seconds_sum{method="remux"} 4.25
hearth_wait_seconds_count{method="remux"} 3
`);
});
