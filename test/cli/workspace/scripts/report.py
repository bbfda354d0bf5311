import numpy as np
import model
from model import weighted as total

WEIGHTS = np.array([0.5, -1.0, 2.0])


def main():
    print(model.curve(1.5, k=0.25))
    print(total(WEIGHTS, np.array([1.0, 2.0, 3.0])))


if __name__ == '__main__':
    main()
