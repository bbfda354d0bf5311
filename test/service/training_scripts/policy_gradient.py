import numpy as np
# REINFORCE on a two-armed contextual bandit
rng = np.random.default_rng(123)
W = np.zeros((3, 2))
alpha = 0.1
baseline = 0.0
rewards = []

def policy(s):
    logits = s @ W
    z = np.exp(logits - logits.max())
    return z / z.sum()

for episode in range(200):
    s = rng.normal(size=3)
    p = policy(s)
    a = rng.choice(2, p=p)
    best = 0 if s[0] > s[1] else 1
    r = 1.0 if a == best else 0.0
    grad_log = -np.outer(s, p)
    grad_log[:, a] += s
    W += alpha * (r - baseline) * grad_log
    baseline += 0.05 * (r - baseline)
    rewards.append(r)
    if episode % 50 == 49:
        print(episode, np.mean(rewards[-50:]))
print(W)
