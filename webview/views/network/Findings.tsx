/** The gravest finding as one sentence, the others below it. */
import type { DiagnosisView, NetworkView } from '../../../src/protocol';

export function Findings({ network, onChoose }: { network: NetworkView; onChoose: (layer: number) => void }) {
  const [first, ...others] = network.diagnoses;
  if (!first) {
    return (
      <p class="say finding">
        {network.assumed ? (
          <>
            <span class="soft">Values here are assumed:</span> what depends on them, such as vanishing or saturation, is
            not judged.
          </>
        ) : (
          <>
            <span class="pass">✓ Nothing stands out.</span> The gradient reaches every parameter, and no layer changes
            it by much.
          </>
        )}
      </p>
    );
  }
  return (
    <div class="findings">
      <p class="say finding">
        <Title finding={first} /> {first.text} <Where finding={first} onChoose={onChoose} />
      </p>
      {first.advice !== undefined && <p class="soft advice">{first.advice}</p>}
      {others.length > 0 && (
        <ul>
          {others.map((finding) => (
            <li key={`${finding.code} ${finding.layer ?? ''} ${finding.parameter ?? ''}`}>
              <Title finding={finding} /> {finding.text} <Where finding={finding} onChoose={onChoose} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Title({ finding }: { finding: DiagnosisView }) {
  return <span class="warn">⚠ {finding.title}.</span>;
}

function Where({ finding, onChoose }: { finding: DiagnosisView; onChoose: (layer: number) => void }) {
  const { layer } = finding;
  if (layer === undefined) return null;
  return (
    <button type="button" class="link" onClick={() => onChoose(layer)}>
      Show layer {layer + 1}
    </button>
  );
}
