package dev.matrix.analytics.forecast;

/** Linear least squares by the normal equations, with a trace of a ridge so that they can always be solved. */
final class LeastSquares {

    private static final double RIDGE = 1e-10;

    private LeastSquares() {}

    /** The x with the smallest |target − Σ xᵢ columnsᵢ|². */
    static double[] solve(double[][] columns, double[] target) {
        int n = columns.length;
        double[][] matrix = new double[n][n + 1];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                matrix[i][j] = dot(columns[i], columns[j]);
                matrix[j][i] = matrix[i][j];
            }
            matrix[i][n] = dot(columns[i], target);
        }
        for (int i = 0; i < n; i++) {
            matrix[i][i] += RIDGE * (1 + matrix[i][i]);
        }
        for (int pivot = 0; pivot < n; pivot++) {
            for (int row = pivot + 1; row < n; row++) {
                double factor = matrix[row][pivot] / matrix[pivot][pivot];
                for (int column = pivot; column <= n; column++) {
                    matrix[row][column] -= factor * matrix[pivot][column];
                }
            }
        }
        double[] solution = new double[n];
        for (int row = n - 1; row >= 0; row--) {
            double value = matrix[row][n];
            for (int column = row + 1; column < n; column++) {
                value -= matrix[row][column] * solution[column];
            }
            solution[row] = value / matrix[row][row];
        }
        return solution;
    }

    private static double dot(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
