using ExplainLsp.Explainers.Shapley;

namespace ExplainLsp.Explainers.Tests.Shapley;

public sealed class SolverTests
{
    public static TheoryData<string> Solvers => ["exact", "kernel", "kernel-all", "permutation"];

    private static IShapleySolver Make(string name, int players, long seed = 1) => name switch
    {
        "exact" => new ExactShapley(players),
        "kernel" => new KernelShapley(players, Math.Max(KernelShapley.FewestEvaluations(players), 6 * players), seed),
        "kernel-all" => new KernelShapley(players, Math.Max(2, 1L << players), seed),
        _ => new PermutationShapley(players, 10, seed),
    };

    private static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"player {i}: {expected[i]} and {actual[i]}");
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Solve_AdditiveGame_GivesEachPlayerItsWorth(string solver)
    {
        double[] worth = [3, -1.5, 0, 0.25, 7, 1e-3, -2, 4, 0.5, 1, -6];
        ShapleyValues result = Make(solver, worth.Length).Solve(Games.Additive(5, worth), default);
        Near(worth, result.Values, 1e-12);
        Assert.Equal(5, result.Empty);
        // An additive game leaves a regression, and every order, nothing to be uncertain about.
        Assert.All(result.StandardErrors ?? [], error => Assert.InRange(error, 0, 1e-12));
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Solve_AnyGame_ValuesAddUpToWhatThereIsToShare(string solver)
    {
        for (int players = 0; players <= 13; players++)
        {
            var (game, _) = players == 0 ? (new FormulaGame(0, _ => 2), []) : Games.RandomSum(players, 30, Math.Min(players, 5), players);
            ShapleyValues result = Make(solver, players).Solve(game, default);
            Assert.Equal(result.Full - result.Empty, result.Values.Sum(), 1e-12);
        }
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Solve_AnyGame_EvaluatesAsManyCoalitionsAsAnnounced(string solver)
    {
        for (int players = 0; players <= 13; players++)
        {
            var game = new FormulaGame(players, s => s.Count(present => present));
            IShapleySolver made = Make(solver, players);
            made.Solve(game, default);
            Assert.Equal(solver == "exact" && players == 0 ? 1 : made.Evaluations, game.Evaluations);
        }
    }

    [Theory]
    [InlineData("exact", 1e-12)]
    [InlineData("kernel-all", 1e-12)]
    public void Solve_UnanimityGame_SharesAmongTheGroupAlone(string solver, double tolerance)
    {
        ShapleyValues result = Make(solver, 9).Solve(Games.Unanimity(9, 1, 4, 5, 8), default);
        Near([0, 0.25, 0, 0, 0.25, 0.25, 0, 0, 0.25], result.Values, tolerance);
        Assert.Null(result.StandardErrors);
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("kernel-all")]
    public void Solve_UnitedNationsStyleVoting_GivesTheKnownPowerIndex(string solver)
    {
        // [4; 3, 1, 1, 1]: the large voter is pivotal unless it comes first, 3/4; the small ones share the rest.
        ShapleyValues result = Make(solver, 4).Solve(Games.Voting(4, 3, 1, 1, 1), default);
        Near([0.75, 1.0 / 12, 1.0 / 12, 1.0 / 12], result.Values, 1e-12);
    }

    [Fact]
    public void Solve_ProductGame_ExactEqualsTheInclusionExclusionFormula()
    {
        // Π(1 + wᵢ) = Σ_T Π_{i∈T} wᵢ [T ⊆ S]: player i gets Σ_{T∋i} Π w / |T|.
        double[] w = [0.5, -0.3, 1.2, 0.7, -0.9];
        double[] expected = new double[5];
        for (int group = 1; group < 32; group++)
        {
            int[] members = [.. Enumerable.Range(0, 5).Where(i => (group >> i & 1) != 0)];
            double worth = members.Aggregate(1.0, (product, i) => product * w[i]) / members.Length;
            foreach (int i in members)
                expected[i] += worth;
        }
        Near(expected, new ExactShapley(5).Solve(Games.Product(w), default).Values, 1e-13);
        Near(expected, new KernelShapley(5, 32, 0).Solve(Games.Product(w), default).Values, 1e-12);
    }

    [Fact]
    public void Kernel_BudgetReachesAllCoalitions_EqualsExact()
    {
        for (int players = 1; players <= 14; players++)
        {
            var (game, expected) = Games.RandomSum(players, 40, players, 100 + players);
            var kernel = new KernelShapley(players, 1L << players, 3);
            Assert.True(kernel.IsExact);
            Near(expected, kernel.Solve(game, default).Values, 1e-9);
            Near(expected, new ExactShapley(players).Solve(game, default).Values, 1e-12);
        }
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public void Solve_SamePlayersInTwoGames_ValuesAddUp(string solver)
    {
        // Linearity: with the same seed the same coalitions are drawn, and the fit is linear in the values.
        var (first, _) = Games.RandomSum(11, 30, 5, 1);
        var (second, _) = Games.RandomSum(11, 30, 5, 2);
        var both = new FormulaGame(11, s => (2 * Value(first, s)) - (3 * Value(second, s)));
        double[] a = Make(solver, 11).Solve(first, default).Values;
        double[] b = Make(solver, 11).Solve(second, default).Values;
        Near([.. a.Zip(b, (x, y) => (2 * x) - (3 * y))], Make(solver, 11).Solve(both, default).Values, 1e-11);

        static double Value(FormulaGame game, bool[] coalition)
        {
            Span<double> value = stackalloc double[1];
            game.Evaluate(coalition, value, default);
            return value[0];
        }
    }

    [Theory]
    [InlineData("exact")]
    [InlineData("kernel-all")]
    public void Solve_InterchangeablePlayers_GetTheSame(string solver)
    {
        // Players 0 and 3 enter only through their number.
        var game = new FormulaGame(6, s => Math.Exp(0.3 * ((s[0] ? 1 : 0) + (s[3] ? 1 : 0))) * (s[1] ? 2 : 1) + (s[4] && s[5] ? 1 : 0));
        double[] values = Make(solver, 6).Solve(game, default).Values;
        Assert.Equal(values[0], values[3], 1e-13);
        Assert.Equal(values[4], values[5], 1e-13);
        Assert.Equal(0, values[2], 1e-13);
    }

    [Fact]
    public void Kernel_PairwiseInteractions_AreExactFromAnySample()
    {
        // The even part of a game cancels in complementary pairs, and pairs of players are even but for their linear part.
        var (game, expected) = Games.RandomSum(20, 60, 2, 5);
        Near(expected, new KernelShapley(20, 200, 9).Solve(game, default).Values, 1e-10);
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public void Solve_LargerBudget_ErrorFallsAboutAsItsRoot(string solver)
    {
        const int players = 16;
        double small = 0, large = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            var (game, expected) = Games.RandomSum(players, 60, 7, seed);
            small += Error(solver == "kernel" ? new KernelShapley(players, 256, seed) : new PermutationShapley(players, 8, seed));
            large += Error(solver == "kernel" ? new KernelShapley(players, 4096, seed) : new PermutationShapley(players, 128, seed));

            double Error(IShapleySolver made) =>
                made.Solve(game, default).Values.Zip(expected, (x, y) => (x - y) * (x - y)).Sum();
        }
        // Sixteen times the evaluations: a quarter of the error, by the root law; a third leaves room for chance.
        Assert.True(Math.Sqrt(large) < Math.Sqrt(small) / 3, $"{Math.Sqrt(small)} to {Math.Sqrt(large)}");
    }

    /// <summary>
    /// The squared standard error against the squared true error, over games and seeds. With 300 runs × 12 players the ratio of means
    /// has a standard error of about 0.04 (measured over players within a run, which are correlated: the runs are what counts).
    /// </summary>
    [Theory]
    [InlineData("kernel", 100)]
    [InlineData("kernel", 400)]
    [InlineData("permutation", 20)]
    public void StandardErrors_OverManySeeds_MatchTheTrueErrors(string solver, int budget)
    {
        const int players = 12, runs = 300;
        double[] ratios = new double[runs];
        double claimed = 0, actual = 0;
        for (int run = 0; run < runs; run++)
        {
            var (game, expected) = Games.RandomSum(players, 40, 6, run);
            IShapleySolver made = solver == "kernel"
                ? new KernelShapley(players, budget, 1000 + run) : new PermutationShapley(players, budget, 1000 + run);
            ShapleyValues result = made.Solve(game, default);
            double claimedHere = result.StandardErrors!.Sum(error => error * error);
            double actualHere = result.Values.Zip(expected, (x, y) => (x - y) * (x - y)).Sum();
            claimed += claimedHere;
            actual += actualHere;
            ratios[run] = actualHere / claimedHere;
        }
        double ratio = actual / claimed;
        double mean = ratios.Average();
        double standardError = Math.Sqrt(ratios.Sum(r => (r - mean) * (r - mean)) / runs / (runs - 1));
        Assert.True(standardError < 0.06, $"The check itself is too coarse: {standardError}");
        Assert.True(Math.Abs(ratio - 1) < 0.12 + (3 * standardError), $"actual / claimed variance {ratio}, check ± {standardError}");
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Solve_SameSeed_GivesTheSameBits(string solver)
    {
        var (game, _) = Games.RandomSum(13, 50, 6, 3);
        ShapleyValues first = Make(solver, 13, 42).Solve(game, default);
        ShapleyValues second = Make(solver, 13, 42).Solve(game, default);
        Assert.Equal(first.Values, second.Values);
        Assert.Equal(first.StandardErrors, second.StandardErrors);
    }

    [Theory]
    [InlineData("kernel")]
    [InlineData("permutation")]
    public void Solve_OtherSeed_GivesAnotherEstimate(string solver)
    {
        var (game, _) = Games.RandomSum(13, 50, 6, 3);
        Assert.NotEqual(Make(solver, 13, 1).Solve(game, default).Values, Make(solver, 13, 2).Solve(game, default).Values);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(30)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    [InlineData(300)]
    public void Kernel_FewestEvaluations_StillAddsUpAndStaysFinite(int players)
    {
        var game = new FormulaGame(players, s => Math.Tanh(s.Select((present, i) => present ? Math.Sin(i) : 0).Sum()));
        var solver = new KernelShapley(players, KernelShapley.FewestEvaluations(players), 1);
        ShapleyValues result = solver.Solve(game, default);
        Assert.All(result.Values, value => Assert.True(double.IsFinite(value)));
        Assert.All(result.StandardErrors ?? [], error => Assert.True(double.IsFinite(error)));
        Assert.Equal(result.Full - result.Empty, result.Values.Sum(), 1e-10);
    }

    [Theory]
    [InlineData(6, 30)]
    [InlineData(9, 100)]
    [InlineData(12, 1000)]
    [InlineData(70, 2048)]
    public void Kernel_Sampled_NeverEvaluatesACoalitionTwice(int players, int evaluations)
    {
        HashSet<string> seen = [];
        var game = new FormulaGame(players, s =>
        {
            Assert.True(seen.Add(string.Concat(s.Select(present => present ? '1' : '0'))));
            return s.Count(present => present);
        });
        new KernelShapley(players, evaluations, 4).Solve(game, default);
        Assert.InRange(seen.Count, evaluations - 2, evaluations);
    }

    [Theory, MemberData(nameof(Solvers))]
    public void Solve_CancelledWhileItRuns_Stops(string solver)
    {
        using var source = new CancellationTokenSource();
        var game = new FormulaGame(14, s => 0) { BeforeBatch = source.Cancel };
        Assert.Throws<OperationCanceledException>(() => { Make(solver, 14).Solve(game, source.Token); });
    }
}
