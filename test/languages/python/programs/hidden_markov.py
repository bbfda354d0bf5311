import numpy as np
states = ('Rainy', 'Sunny')
observations = ('walk', 'shop', 'clean')
start = {'Rainy': 0.6, 'Sunny': 0.4}
trans = {'Rainy': {'Rainy': 0.7, 'Sunny': 0.3}, 'Sunny': {'Rainy': 0.4, 'Sunny': 0.6}}
emit = {'Rainy': {'walk': 0.1, 'shop': 0.4, 'clean': 0.5}, 'Sunny': {'walk': 0.6, 'shop': 0.3, 'clean': 0.1}}
def viterbi(obs):
    V = [{}]
    for st in states:
        V[0][st] = {"prob": start[st] * emit[st][obs[0]], "prev": None}
    for t in range(1, len(obs)):
        V.append({})
        for st in states:
            mx, prev = max((V[t-1][p]["prob"] * trans[p][st], p) for p in states)
            V[t][st] = {"prob": mx * emit[st][obs[t]], "prev": prev}
    opt = []; best = max(V[-1].items(), key=lambda kv: kv[1]["prob"])
    opt.append(best[0]); previous = best[0]
    for t in range(len(V) - 2, -1, -1):
        opt.insert(0, V[t + 1][previous]["prev"]); previous = V[t + 1][previous]["prev"]
    return opt, best[1]["prob"]
def forward(obs):
    A = np.array([[trans[a][b] for b in states] for a in states])
    B = np.array([[emit[s][o] for o in observations] for s in states])
    pi = np.array([start[s] for s in states])
    alpha = np.zeros((len(obs), len(states))); c = np.empty(len(obs))
    for t, o in enumerate(obs):
        k = observations.index(o)
        alpha[t] = pi * B[:, k] if t == 0 else alpha[t-1] @ A * B[:, k]
        c[t] = alpha[t].sum(); alpha[t] /= c[t]
    beta = np.ones_like(alpha)
    for t in range(len(obs)-2, -1, -1):
        beta[t] = A @ (B[:, observations.index(obs[t+1])] * beta[t+1]) / c[t+1]
    gamma = alpha * beta
    return np.log(c).sum(), gamma / gamma.sum(axis=1, keepdims=True)
print(*viterbi(['walk', 'shop', 'clean']), sep=' | ')
ll, gamma = forward(['walk', 'shop', 'clean', 'walk'])
print("%.10f" % ll); print(np.around(gamma, 8))
