using ExplainLsp.Models.Onnx;
using static ExplainLsp.Models.Tests.TinyModel;

namespace ExplainLsp.Models.Tests;

public sealed class SessionCacheTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly SessionCache _cache = new(2, new ModelSessionOptions(1, 1L << 20));

    public void Dispose()
    {
        _cache.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Rent_Again_GivesTheSameSession()
    {
        var path = _folder.Write(Linear(1, 2));

        using var first = Rent(path);
        using var second = Rent(path);

        Assert.Same(first.Session, second.Session);
    }

    [Fact]
    public void Rent_TouchedWithSameContent_GivesTheSameSession()
    {
        var path = _folder.Write(Linear(1, 2));
        using var first = Rent(path);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        using var second = Rent(path);

        Assert.Same(first.Session, second.Session);
    }

    [Fact]
    public void Rent_ReplacedOnDisk_RunsTheNewModelWhileTheOldLeaseKeepsTheOld()
    {
        var path = _folder.Write(Linear(1, 2));
        using var old = Rent(path);
        Replace(path, Linear(1, 5));

        using var current = Rent(path);

        Assert.Equal([11], current.Session.RunTable([1, 2], 1));
        Assert.Equal([5], old.Session.RunTable([1, 2], 1));
    }

    [Fact]
    public void Rent_ReplacedBySomethingBroken_FailsUntilItIsMended()
    {
        var path = _folder.Write(Linear(1, 2));
        Rent(path).Dispose();
        File.WriteAllText(path, "half a model");

        Assert.Throws<ModelException>(() => Rent(path));
        Replace(path, Linear(1, 3));

        using var mended = Rent(path);
        Assert.Equal([7], mended.Session.RunTable([1, 2], 1));
    }

    [Fact]
    public void Rent_ExternalWeightsReplaced_RunsTheNewWeights()
    {
        var model = Of(Node("Gemm", ["x", "w"], ["y"], Attribute("transB", 1)))
            .External("w", [1, 2], ("location", "w.bin")).Input("x", TensorProto.Types.DataType.Float, "N", 2)
            .Output("y", TensorProto.Types.DataType.Float, "N", 1);
        _folder.Write("w.bin", [.. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(4f)]);
        var path = _folder.Write(model);
        using var old = Rent(path);
        var weights = _folder.Write("w.bin", [.. BitConverter.GetBytes(5f), .. BitConverter.GetBytes(6f)]);
        File.SetLastWriteTimeUtc(weights, DateTime.UtcNow.AddMinutes(1));

        using var current = Rent(path);

        Assert.Equal([17], current.Session.RunTable([1, 2], 1));
        Assert.Equal([11], old.Session.RunTable([1, 2], 1));
    }

    [Fact]
    public void Rent_MoreThanItHolds_LetsTheLeastRecentlyUsedGo()
    {
        string[] paths = [.. Enumerable.Range(0, 3).Select(i => _folder.Write(Linear(1, i), $"m{i}.onnx"))];
        var zero = RentAndReturn(paths[0]);
        var one = RentAndReturn(paths[1]);
        RentAndReturn(paths[0]);

        RentAndReturn(paths[2]);

        Assert.Same(zero, RentAndReturn(paths[0]));
        Assert.NotSame(one, RentAndReturn(paths[1]));
    }

    [Fact]
    public void Run_LeaseOfASessionThatLeftTheCache_StillRuns()
    {
        var path = _folder.Write(Linear(1, 2));
        using var lease = Rent(path);
        RentAndReturn(_folder.Write(Linear(1), "a.onnx"));
        RentAndReturn(_folder.Write(Linear(2), "b.onnx"));
        _cache.Clear();

        Assert.Equal([5], lease.Session.RunTable([1, 2], 1));
        Assert.NotSame(lease.Session, RentAndReturn(path));
    }

    [Fact]
    public void Run_AfterTheLastLeaseOfAClearedSession_IsRefused()
    {
        var lease = Rent(_folder.Write(Linear(1, 2)));
        var session = lease.Session;
        _cache.Clear();
        lease.Dispose();
        lease.Dispose();

        Assert.Throws<ObjectDisposedException>(() => session.RunTable([1, 2], 1));
    }

    [Fact]
    public async Task Rent_FromManyThreads_OpensOnce()
    {
        var path = Fixtures.Model("breast-cancer-gbm");
        using var start = new Barrier(8);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return RentAndReturn(path);
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(sessions.Distinct());
    }

    [Fact]
    public void Rent_Cancelled_Throws()
    {
        var path = _folder.Write(Linear(1, 2));

        Assert.ThrowsAny<OperationCanceledException>(() => _cache.Rent(path, new CancellationToken(true)));
    }

    [Fact]
    public void Rent_Disposed_Throws()
    {
        var path = _folder.Write(Linear(1, 2));
        _cache.Dispose();

        Assert.Throws<ObjectDisposedException>(() => Rent(path));
    }

    private SessionLease Rent(string path) => _cache.Rent(path, CancellationToken.None);

    private ModelSession RentAndReturn(string path)
    {
        using var lease = Rent(path);
        return lease.Session;
    }

    private void Replace(string path, ModelProto model)
    {
        _folder.Write(model);
        // The file system's clock may not have ticked since the first write.
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));
    }
}
