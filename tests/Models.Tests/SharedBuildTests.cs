using ExplainLsp.Models.Running;

namespace ExplainLsp.Models.Tests;

public class SharedBuildTests
{
    [Fact]
    public async Task Get_Cancelled_EndsWhileTheBuildGoesOnForTheNext()
    {
        using var open = new ManualResetEventSlim();
        using var cancelled = new CancellationTokenSource();
        var builds = 0;
        var shared = new SharedBuild<string>(() =>
        {
            Interlocked.Increment(ref builds);
            open.Wait();
            return "made";
        });
        var first = Task.Run(() => shared.Get(cancelled.Token));
        var second = Task.Run(() => shared.Get(CancellationToken.None));

        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        open.Set();
        Assert.Equal("made", await second);
        Assert.Equal(1, builds);
    }

    [Fact]
    public void Get_AfterFailure_TriesAgain()
    {
        var builds = 0;
        var shared = new SharedBuild<int>(() => ++builds == 1 ? throw new ModelException("not yet") : builds);

        Assert.Equal("not yet", Assert.Throws<ModelException>(() => shared.Get(CancellationToken.None)).Message);
        Assert.Equal(2, shared.Get(CancellationToken.None));
    }

    [Fact]
    public void WhenMade_BeforeAndAfterTheBuild_HappensOnce()
    {
        var (early, late) = (new List<int>(), new List<int>());
        var (pending, made) = (new SharedBuild<int>(() => 7), SharedBuild<int>.Of(8));

        pending.WhenMade(early.Add);
        Assert.Empty(early);
        pending.Get(CancellationToken.None);
        made.WhenMade(late.Add);

        SpinWait.SpinUntil(() => early.Count > 0, TimeSpan.FromSeconds(10));
        Assert.Equal([7], early);
        Assert.Equal([8], late);
    }
}
