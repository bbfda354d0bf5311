import numpy as np
np.random.seed(0)

# spiral dataset (CS231n style)
N, D, K = 50, 2, 3
X = np.zeros((N*K, D))
y = np.zeros(N*K, dtype='uint8')
for j in range(K):
  ix = range(N*j, N*(j+1))
  r = np.linspace(0.0, 1, N)
  t = np.linspace(j*4, (j+1)*4, N) + np.random.randn(N)*0.2
  X[ix] = np.c_[r*np.sin(t), r*np.cos(t)]
  y[ix] = j

h = 20
W = 0.01 * np.random.randn(D, h)
b = np.zeros((1, h))
W2 = 0.01 * np.random.randn(h, K)
b2 = np.zeros((1, K))
step_size = 1e-0
reg = 1e-3
mu = 0.9
vW, vb, vW2, vb2 = 0, 0, 0, 0
batch_size = 30
num_examples = X.shape[0]
for epoch in range(10):
  perm = np.random.permutation(num_examples)
  for start in range(0, num_examples, batch_size):
    idx = perm[start:start+batch_size]
    xb, yb = X[idx], y[idx]
    hidden_layer = np.maximum(0, np.dot(xb, W) + b)
    scores = np.dot(hidden_layer, W2) + b2
    exp_scores = np.exp(scores)
    probs = exp_scores / np.sum(exp_scores, axis=1, keepdims=True)
    correct_logprobs = -np.log(probs[range(len(idx)), yb])
    data_loss = np.sum(correct_logprobs)/len(idx)
    reg_loss = 0.5*reg*np.sum(W*W) + 0.5*reg*np.sum(W2*W2)
    loss = data_loss + reg_loss
    dscores = probs
    dscores[range(len(idx)), yb] -= 1
    dscores /= len(idx)
    dW2 = np.dot(hidden_layer.T, dscores)
    db2 = np.sum(dscores, axis=0, keepdims=True)
    dhidden = np.dot(dscores, W2.T)
    dhidden[hidden_layer <= 0] = 0
    dW = np.dot(xb.T, dhidden)
    db = np.sum(dhidden, axis=0, keepdims=True)
    dW2 += reg * W2
    dW += reg * W
    vW = mu * vW - step_size * 0.1 * dW
    vb = mu * vb - step_size * 0.1 * db
    vW2 = mu * vW2 - step_size * 0.1 * dW2
    vb2 = mu * vb2 - step_size * 0.1 * db2
    W += vW
    b += vb
    W2 += vW2
    b2 += vb2
  print(epoch, loss)
hidden_layer = np.maximum(0, np.dot(X, W) + b)
scores = np.dot(hidden_layer, W2) + b2
predicted_class = np.argmax(scores, axis=1)
print('training accuracy: %.2f' % (np.mean(predicted_class == y)))
