import numpy as np
np.random.seed(0)

def sigmoid(x): return 1/(1+np.exp(-x))

# generator: z -> x ; discriminator: x -> p
g = {'w': np.random.randn(1, 4)*0.5, 'b': np.zeros(4), 'v': np.random.randn(4, 1)*0.5, 'c': np.zeros(1)}
d = {'w': np.random.randn(1, 4)*0.5, 'b': np.zeros(4), 'v': np.random.randn(4, 1)*0.5, 'c': np.zeros(1)}
lr = 0.02
batch = 16

def generator(z):
    h = np.tanh(z @ g['w'] + g['b'])
    return h, h @ g['v'] + g['c']

def discriminator(x):
    h = np.tanh(x @ d['w'] + d['b'])
    return h, sigmoid(h @ d['v'] + d['c'])

for step in range(50):
    real = np.random.normal(3.0, 0.5, (batch, 1))
    z = np.random.normal(size=(batch, 1))
    _, fake = generator(z)
    # --- discriminator step
    hr, pr = discriminator(real)
    hf, pf = discriminator(fake)
    d_loss = -np.mean(np.log(pr) + np.log(1 - pf))
    dr = (pr - 1) / batch
    df = pf / batch
    gv = hr.T @ dr + hf.T @ df
    gc = dr.sum(0) + df.sum(0)
    dhr = dr @ d['v'].T * (1 - hr**2)
    dhf = df @ d['v'].T * (1 - hf**2)
    d['w'] -= lr * (real.T @ dhr + fake.T @ dhf)
    d['b'] -= lr * (dhr.sum(0) + dhf.sum(0))
    d['v'] -= lr * gv
    d['c'] -= lr * gc
    # --- generator step
    hz, fake = generator(z)
    hf, pf = discriminator(fake)
    g_loss = -np.mean(np.log(pf))
    df = (pf - 1) / batch
    dfake = (df @ d['v'].T * (1 - hf**2)) @ d['w'].T
    dh = dfake @ g['v'].T * (1 - hz**2)
    g['v'] -= lr * hz.T @ dfake
    g['c'] -= lr * dfake.sum(0)
    g['w'] -= lr * z.T @ dh
    g['b'] -= lr * dh.sum(0)
    if step % 10 == 0:
        print(step, d_loss, g_loss)
